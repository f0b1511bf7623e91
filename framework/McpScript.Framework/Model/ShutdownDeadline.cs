namespace McpScript.Model;

/// <summary>One deadline for all shutdown phases, so that their timeouts do not add up. Thread-safe.</summary>
/// <param name="total">Time from the beginning of the shutdown to the end of the process.</param>
/// <param name="time">The clock.</param>
sealed class ShutdownDeadline(TimeSpan total, TimeProvider time)
{
    // Most of the time is for calls that will finish; small shares are for calls that ignore their cancellation, for the clean-up of plugins, and for
    // connections.
    const double Calls = 0.8, Cancelled = 0.87, CleanUp = 0.94;

    readonly Lock _lock = new();
    long? _began;

    /// <summary>Begins the shutdown; further calls do nothing.</summary>
    public void Begin()
    {
        lock (_lock)
            _began ??= time.GetTimestamp();
    }

    /// <summary>True once the shutdown has begun.</summary>
    public bool HasBegun { get { lock (_lock) return _began is not null; } }

    /// <summary>Remaining time for running calls: 80 % of the total after the beginning.</summary>
    public TimeSpan ForCalls => Until(Calls);

    /// <summary>Remaining time for cancelled calls to end: 87 % of the total after the beginning.</summary>
    public TimeSpan ForCancelled => Until(Cancelled);

    /// <summary>Remaining time for the clean-up of plugins: 94 % of the total after the beginning.</summary>
    public TimeSpan ForCleanUp => Until(CleanUp);

    /// <summary>Remaining time in all.</summary>
    public TimeSpan Rest => Until(1);

    TimeSpan Until(double share)
    {
        lock (_lock)
        {
            var left = total * share - (_began is { } began ? time.GetElapsedTime(began) : TimeSpan.Zero);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
