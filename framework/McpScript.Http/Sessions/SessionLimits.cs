namespace McpScript.Http.Sessions;

/// <summary>Limits of the sessions of one endpoint.</summary>
sealed record SessionLimits
{
    /// <summary>The idle time after which a session is ended. Default: 2 hours.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The largest number of sessions; one more ends the session that has been idle longest. Default: 10,000.</summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>Interval of the sweep for idle sessions, abandoned calls and old events. Default: 5 seconds.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Time that a client has to resume a broken stream before its call is cancelled. Default: 5 seconds; clients usually resume within a second.
    /// </summary>
    public TimeSpan ResumeGrace { get; init; } = TimeSpan.FromSeconds(5);
}
