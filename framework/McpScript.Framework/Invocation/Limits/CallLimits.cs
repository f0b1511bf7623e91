using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using McpScript.CallLog;
using McpScript.Configuration;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation.Limits;

/// <summary>Applies the configured limits to calls: size of arguments and result, rate, timeout, and concurrent calls of a plugin. Thread-safe.</summary>
/// <remarks>
/// Runs before the lease: a call that waits for its turn runs on the newest code, and one that ignores its timeout keeps its lease and its turn although its
/// caller has got an answer.
/// </remarks>
sealed class CallLimits : ICallFilter, IAsyncDisposable
{
    readonly LimitSettings _settings;
    readonly TimeProvider _time;
    readonly CallRateLimiter _rates;
    readonly PluginConcurrencyLimiter _turns;
    // By tool, for tools in the catalog only, so that the number of entries is bounded.
    readonly ConcurrentDictionary<string, ToolLimits> _limits = new(StringComparer.Ordinal);

    public CallLimits(LimitSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _rates = new(settings.RateWindow);
        _turns = new(settings);
    }

    /// <inheritdoc/>
    public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken) => call.Item is { } item
        ? RunAsync(call, next, _limits.GetOrAdd(item.Id, ToolLimits.Of, _settings), item.Owner?.Reference.Name, cancellationToken)
        : next(call, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _rates.DisposeAsync();
        await _turns.DisposeAsync();
    }

    async ValueTask<CallToolResult> RunAsync(
        CallContext call, CallHandler next, ToolLimits limits, string? plugin, CancellationToken cancellationToken)
    {
        if ((TooLarge(call, limits) ?? _rates.Refusal(call.Tool, call.Caller?.Name, limits.Rate)) is { } refusal)
            return call.Reject(refusal);
        var result = limits.Timeout is { } timeout
            ? await InTimeAsync(call, next, plugin, timeout, cancellationToken)
            : await InTurnAsync(call, next, plugin, cancellationToken);
        if (limits.MaxResult is { } most && ResultSize.Of(result) is var size && size > most)
        {
            var problem = $"The result of '{call.Tool}' has {size} bytes, and at most {most} are passed on (limits.max_result).";
            return call.Fail(CallErrorKind.Refused, $"{problem} Request a smaller result.");
        }
        return result;
    }

    async ValueTask<CallToolResult> InTurnAsync(
        CallContext call, CallHandler next, string? plugin, CancellationToken cancellationToken)
    {
        if (plugin is null || _turns.Of(plugin) is not { } limiter)
            return await next(call, cancellationToken);
        using var turn = await limiter.AcquireAsync(1, cancellationToken);
        // The timeout may have passed during the wait, before the limiter has noticed it.
        cancellationToken.ThrowIfCancellationRequested();
        return turn.IsAcquired
            ? await next(call, cancellationToken)
            : call.Reject($"plugin '{plugin}' is busy, and too many calls wait for it already; try again later.");
    }

    async ValueTask<CallToolResult> InTimeAsync(
        CallContext call, CallHandler next, string? plugin, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var late = new CancellationTokenSource(timeout, _time);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var running = InTurnAsync(call, next, plugin, stop.Token).AsTask();
        await ((Task)running).WaitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var overdue = !running.IsCompletedSuccessfully && late.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
        _ = ReleaseAsync(running, late, stop);
        if (!overdue)
            return await running;
        return call.Fail(
            CallErrorKind.TimedOut,
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{call.Tool}' did not finish within {timeout.TotalSeconds:0.###} s and was cancelled (limits.timeout)."));
    }

    // An overdue call has been answered already. This code may notice the timeout before the call does, so it cancels the call. The tokens are disposed only
    // after the call's end: a handler that ignores cancellation continues, and keeps its generation.
    static async Task ReleaseAsync(Task call, CancellationTokenSource late, CancellationTokenSource stop)
    {
        if (late.IsCancellationRequested)
            await stop.CancelAsync();
        await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        late.Dispose();
    }

    static string? TooLarge(CallContext call, ToolLimits limits)
    {
        if (limits.MaxArguments is not { } most || call.Arguments is not { Count: > 0 } arguments)
            return null;
        var size = 0L;
        foreach (var (name, value) in arguments)
            size += Encoding.UTF8.GetByteCount(name) + JsonMarshal.GetRawUtf8Value(value).Length;
        return size > most ? $"the arguments of '{call.Tool}' have {size} bytes, and at most {most} are accepted (limits.max_arguments). Send less." : null;
    }
}
