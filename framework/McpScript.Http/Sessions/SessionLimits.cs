namespace McpScript.Http.Sessions;

/// <summary>How many sessions there may be, and for how long they may lie idle.</summary>
sealed record SessionLimits
{
    /// <summary>A session that nobody has used for so long is ended.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The most sessions at once; one more ends the one that has been idle longest.</summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>How often idle sessions, abandoned calls and old events are looked for.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a call whose resumable stream broke waits for its client to come back, before it is cancelled; clients come back within a second or so.
    /// </summary>
    public TimeSpan ResumeGrace { get; init; } = TimeSpan.FromSeconds(5);
}
