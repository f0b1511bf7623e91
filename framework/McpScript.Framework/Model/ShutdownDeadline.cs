namespace McpScript.Model;

/// <summary>The time that a shutdown may take in all: what has to end, one after the other, shares it, so that their patience does not add up.</summary>
/// <param name="total">From its beginning to the end of the process.</param>
/// <param name="time">The clock.</param>
sealed class ShutdownDeadline(TimeSpan total, TimeProvider time)
{
    // Most of it is for calls that will finish; the rest is for those that ignore their cancellation, for the plugins' own clean-up, and for connections,
    // each a little.
    const double Calls = 0.8, Cancelled = 0.87, CleanUp = 0.94;

    readonly Lock _lock = new();
    long? _began;

    /// <summary>The shutdown begins; a second time says nothing new.</summary>
    public void Begin()
    {
        lock (_lock)
            _began ??= time.GetTimestamp();
    }

    /// <summary>Whether the shutdown has begun.</summary>
    public bool HasBegun { get { lock (_lock) return _began is not null; } }

    /// <summary>How long running calls may still go on.</summary>
    public TimeSpan ForCalls => Until(Calls);

    /// <summary>How long calls that were cancelled may still take to notice.</summary>
    public TimeSpan ForCancelled => Until(Cancelled);

    /// <summary>How long plugins may still clean up.</summary>
    public TimeSpan ForCleanUp => Until(CleanUp);

    /// <summary>What is left of all of it.</summary>
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
