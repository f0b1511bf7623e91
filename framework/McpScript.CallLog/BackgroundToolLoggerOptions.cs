namespace McpScript.CallLog;

/// <summary>How much <see cref="BackgroundToolLogger"/> keeps and waits for.</summary>
sealed record BackgroundToolLoggerOptions
{
    /// <summary>How many calls may wait to be written.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>How long a caller waits for room.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long disposing goes on writing.</summary>
    public TimeSpan LongestFlush { get; init; } = TimeSpan.FromSeconds(5);
}
