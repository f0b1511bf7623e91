using Microsoft.Extensions.Logging;

namespace McpScript.CallLog;

/// <summary>Keeps a failing logger from failing others, and from slowing them down.</summary>
sealed partial class SafeToolCallLogger(IToolCallLogger inner, ILogger log, TimeProvider time) : IBatchToolCallLogger, IDisposable
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
        if (IsPaused(1))
            return;
        try
        {
            inner.Write(call);
            Worked();
        }
        catch (Exception e)
        {
            // Disk full, no permission, or anything at all from somebody else's logger: the entry is lost and counted, the call is not.
            Failing(e, 1);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<ToolCall> calls)
    {
        if (inner is not IBatchToolCallLogger batch)
        {
            foreach (var call in calls)
                Write(call);
            return;
        }
        if (IsPaused(calls.Length))
            return;
        try
        {
            batch.Write(calls);
            Worked();
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            // As above.
            Failing(e, calls.Length);
        }
        catch (Exception)
        {
            // One of them cannot be made a line; the others can.
            foreach (var call in calls)
                Write(call);
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

    bool IsPaused(int calls)
    {
        var paused = _pausedAt is { } since && time.GetElapsedTime(since) < Pause;
        if (paused)
            Lost(calls);
        return paused;
    }

    void Worked()
    {
        if (_reported < _failed)
            Works(inner.GetType().Name, _failed - _reported);
        (_pausedAt, _reported) = (null, _failed);
    }

    void Failing(Exception e, int lost)
    {
        if (_pausedAt is null && _reported == _failed)
            Fails(inner.GetType().Name, e.Message);
        Lost(lost);
        _pausedAt = IsOfTheDisk(e) ? time.GetTimestamp() : null;
    }

    void Lost(int calls)
    {
        Interlocked.Add(ref _failed, calls);
        CallLogInstruments.Dropped(inner.GetType().Name, calls);
    }

    static bool IsOfTheDisk(Exception e) => e is IOException or UnauthorizedAccessException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tool call log: {Logger} fails, so calls are not logged: {Problem} See that its folder can be written and has room, or set 'tool_log: off'.")]
    partial void Fails(string logger, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tool call log: {Logger} works again; {Lost} entries were lost.")]
    partial void Works(string logger, long lost);
}
