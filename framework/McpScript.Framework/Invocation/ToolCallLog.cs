using McpScript.CallLog;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>Log of tool calls: records each finished call, including refused, unknown and failed ones. Thread-safe.</summary>
/// <param name="loggers">The loggers, which write in the background; disposed with this log.</param>
/// <param name="redaction">Redaction of each call before a logger gets it.</param>
/// <param name="keptResult">Number of characters of a result that the loggers can use.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Receives reports of lost entries.</param>
/// <param name="isWanted">Returns true if a logger needs a call that begins now; null if always.</param>
public sealed class ToolCallLog(
    CompositeToolLogger loggers, Redaction redaction, int keptResult, TimeProvider time, ILogger log, Func<bool>? isWanted = null)
    : ICallFilter, IAsyncDisposable
{
    readonly BackgroundToolLogger _queue = new(loggers, redaction, log: log);

    /// <summary>Number of lost entries (<c>log_dropped</c>).</summary>
    public long Dropped => _queue.Dropped;

    /// <summary>The clock.</summary>
    internal TimeProvider Time => time;

    /// <summary>Completes when all calls that have finished so far are written.</summary>
    public Task FlushAsync() => _queue.FlushAsync();

    /// <summary>Writes the queued entries, for a bounded time, and closes the loggers.</summary>
    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    async ValueTask<CallToolResult> ICallFilter.InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
    {
        if (isWanted?.Invoke() is false)
            return await next(call, cancellationToken);
        var record = call.Record = new(this, call);
        try
        {
            var result = await next(call, cancellationToken);
            await AnsweredAsync(record, result);
            return result;
        }
        catch (Exception e) when (e is not InputRequiredException)
        {
            // Logged and rethrown. An InputRequiredException is a request to the client in the middle of a call; the client's next request finishes the call.
            await ThrownAsync(record, e, cancellationToken);
            throw;
        }
    }

    /// <summary>Queues the entry of a call that ended without another request.</summary>
    internal void Add(ToolCall call) => _ = _queue.WriteAsync(call).AsTask();

    ValueTask AnsweredAsync(CallRecord record, CallToolResult result)
    {
        var ok = result.IsError is not true;
        var text = ResultText.Of(result, keptResult, out var length);
        return _queue.WriteAsync(record.Finish(ok, record.Failure ?? (ok ? CallErrorKind.None : CallErrorKind.ToolError), text, length));
    }

    ValueTask ThrownAsync(CallRecord record, Exception thrown, CancellationToken cancellationToken)
    {
        var text = ResultText.Of(thrown);
        var kind = record.Failure ?? KindOf(record, thrown, cancellationToken);
        return _queue.WriteAsync(record.Finish(false, kind, Truncation.Beginning(text, keptResult), text.Length));
    }

    // An McpException of a plugin is a message to the model; all other exceptions are failures.
    static CallErrorKind KindOf(CallRecord record, Exception thrown, CancellationToken cancellationToken) => thrown switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => CallErrorKind.Cancelled,
        McpException when record.Plugin is null => CallErrorKind.Refused,
        McpProtocolException => CallErrorKind.Exception,
        McpException => CallErrorKind.ToolError,
        _ => CallErrorKind.Exception,
    };
}
