using Microsoft.Extensions.Logging;

namespace McpScript.Calls;

/// <summary>Keeps a failing logger from failing others, and from slowing them down.</summary>
sealed partial class SafeToolCallLogger(IToolCallLogger inner, ILogger log, TimeProvider time) : IToolCallLogger, IDisposable
{
    // A full disk fails at once again; so many exceptions would cost more than the log is worth.
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    long _failed;
    long? _pausedAt;
    long _reported;

    /// <summary>How many entries it has lost.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <inheritdoc/>
    public void Write(ToolCall call)
    {
        if (_pausedAt is { } since && time.GetElapsedTime(since) < Pause)
        {
            Interlocked.Increment(ref _failed);
            return;
        }
        try
        {
            inner.Write(call);
            if (_reported < _failed)
                Works(inner.GetType().Name, _failed - _reported);
            (_pausedAt, _reported) = (null, _failed);
        }
        catch (Exception e)
        {
            // Disk full, no permission, or anything at all from somebody else's logger: the entry is lost and counted, the call is not.
            if (_pausedAt is null && _reported == _failed)
                Fails(inner.GetType().Name, e.Message);
            Interlocked.Increment(ref _failed);
            _pausedAt = e is IOException or UnauthorizedAccessException ? time.GetTimestamp() : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            (inner as IDisposable)?.Dispose();
        }
        catch (Exception e)
        {
            // Somebody else's logger, or a disk that fails at the last moment: the others are still to be closed.
            Fails(inner.GetType().Name, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tool call log: {Logger} fails, so calls are not logged: {Problem} See that its folder can be written and has room, or set 'tool_log: off'.")]
    partial void Fails(string logger, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tool call log: {Logger} works again; {Lost} entries were lost.")]
    partial void Works(string logger, long lost);
}
