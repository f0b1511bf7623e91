using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using McpScript.CallLog;
using McpScript.Catalogs;
using McpScript.Configuration;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation.Limits;

/// <summary>Keeps calls within what the configuration allows: size of arguments and result, rate, time, and calls at once in a plugin.</summary>
/// <remarks>
/// It stands before the lease: a call that waits for its turn runs on the newest code, and one that ignores its time-out keeps its lease and its place though its caller has an answer.
/// </remarks>
sealed class CallLimits : IAsyncDisposable
{
    readonly LimitSettings _settings;
    readonly Served _served;
    readonly TimeProvider _time;
    readonly CallRates _rates;
    readonly PluginTurns _turns;
    // By tool, for what is in the catalog: as many as there are names.
    readonly ConcurrentDictionary<string, ToolLimits> _limits = new(StringComparer.Ordinal);

    public CallLimits(LimitSettings settings, Served served, TimeProvider time)
    {
        (_settings, _served, _time) = (settings, served, time);
        _rates = new(settings.RateWindow);
        _turns = new(settings);
    }

    /// <summary>The filter.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(McpRequestHandler<CallToolRequestParams, CallToolResult> next) => (request, cancellationToken) =>
        request.Params?.Name is { } name && _served.Catalog.Tools.TryGet(name, out var item)
            ? RunAsync(next, request, _limits.GetOrAdd(name, ToolLimits.Of, _settings), item.Owner?.Reference.Name, cancellationToken)
            : next(request, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _rates.DisposeAsync();
        await _turns.DisposeAsync();
    }

    async ValueTask<CallToolResult> RunAsync(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next, RequestContext<CallToolRequestParams> request, ToolLimits limits, string? plugin,
        CancellationToken cancellationToken)
    {
        if ((TooLarge(request.Params!, limits) ?? _rates.Refusal(request.Params!.Name, PrincipalName.Of(request.User), limits.Rate)) is { } refusal)
            return Refuse(request, refusal);
        var result = limits.Timeout is { } timeout
            ? await InTimeAsync(next, request, plugin, timeout, cancellationToken)
            : await InTurnAsync(next, request, plugin, cancellationToken);
        return limits.MaxResult is { } most && ResultSize.Of(result) is var size && size > most
            ? Failed(request, CallErrorKind.Refused, $"The result of '{request.Params!.Name}' has {size} bytes, and at most {most} are passed on (limits.max_result). Ask for less.")
            : result;
    }

    async ValueTask<CallToolResult> InTurnAsync(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next, RequestContext<CallToolRequestParams> request, string? plugin, CancellationToken cancellationToken)
    {
        if (plugin is null || _turns.Of(plugin) is not { } limiter)
            return await next(request, cancellationToken);
        using var turn = await limiter.AcquireAsync(1, cancellationToken);
        // Its time may have been up while it waited, and the limiter may not have noticed yet.
        cancellationToken.ThrowIfCancellationRequested();
        return turn.IsAcquired
            ? await next(request, cancellationToken)
            : Refuse(request, $"plugin '{plugin}' is busy, and too many calls wait for it already; try again later.");
    }

    async ValueTask<CallToolResult> InTimeAsync(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next, RequestContext<CallToolRequestParams> request, string? plugin, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var late = new CancellationTokenSource(timeout, _time);
        var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var call = InTurnAsync(next, request, plugin, ends.Token).AsTask();
        await ((Task)call).WaitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var overdue = !call.IsCompletedSuccessfully && late.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
        _ = SeeOffAsync(call, late, ends);
        return overdue
            ? Failed(request, CallErrorKind.TimedOut, string.Create(CultureInfo.InvariantCulture, $"'{request.Params!.Name}' did not finish within {timeout.TotalSeconds:0.###} s and was cancelled (limits.timeout)."))
            : await call;
    }

    // Nobody hears of an overdue call any more. We may be told of the time before the call is, so it is cancelled by us, and what it listens to stays until it has ended:
    // a handler that does not listen goes on, and keeps its generation.
    static async Task SeeOffAsync(Task call, CancellationTokenSource late, CancellationTokenSource ends)
    {
        if (late.IsCancellationRequested)
            await ends.CancelAsync();
        await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ends.Dispose();
        late.Dispose();
    }

    static string? TooLarge(CallToolRequestParams asked, ToolLimits limits)
    {
        if (limits.MaxArguments is not { } most || asked.Arguments is not { Count: > 0 } arguments)
            return null;
        var size = 0L;
        foreach (var (name, value) in arguments)
            size += Encoding.UTF8.GetByteCount(name) + JsonMarshal.GetRawUtf8Value(value).Length;
        return size > most ? $"the arguments of '{asked.Name}' have {size} bytes, and at most {most} are taken (limits.max_arguments). Send less." : null;
    }

    static CallToolResult Refuse(RequestContext<CallToolRequestParams> request, string reason)
    {
        CallRecord.Of(request)?.Failure = CallErrorKind.Refused;
        return Refusals.Result(reason);
    }

    static CallToolResult Failed(RequestContext<CallToolRequestParams> request, CallErrorKind kind, string text)
    {
        CallRecord.Of(request)?.Failure = kind;
        return new() { IsError = true, Content = [new TextContentBlock { Text = text }] };
    }
}
