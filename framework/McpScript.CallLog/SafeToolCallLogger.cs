using Microsoft.Extensions.Logging;

namespace McpScript.CallLog;

/// <summary>Wraps a logger so that its failures neither reach others nor slow them down.</summary>
sealed partial class SafeToolCallLogger(IToolCallLogger inner, ILogger log, TimeProvider time) : IBatchToolCallLogger, IDisposable
{
    // A full disk fails again at once; trying each time would cost more than the log is worth.
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    long _failed;
    long? _pausedAt;
    long _reported;

    /// <summary>The number of lost entries.</summary>
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
            // A full disk, a missing permission, or any exception of a custom logger: the entry is lost and counted, but the call succeeds.
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
            // Writing failed: none of the calls is retried.
            Failing(e, calls.Length);
        }
        catch (Exception)
        {
            // One of the calls cannot be formatted; the others can.
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
            // A custom logger, or a disk error while closing: the other loggers must still be closed.
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

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Tool call log: {Logger} fails, so calls are not logged: {Problem} "
        + "See that its folder can be written and has room, or set 'tool_log: off'.")]
    partial void Fails(string logger, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tool call log: {Logger} works again; {Lost} entries were lost.")]
    partial void Works(string logger, long lost);
}
