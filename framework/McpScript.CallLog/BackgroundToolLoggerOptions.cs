namespace McpScript.CallLog;

/// <summary>Limits of <see cref="BackgroundToolLogger"/>.</summary>
sealed record BackgroundToolLoggerOptions
{
    /// <summary>The largest number of queued calls. Default: 10,000.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>Time that a caller waits for room in the queue. Default: 1 second.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time for writing the queue at disposal. Default: 5 seconds.</summary>
    public TimeSpan LongestFlush { get; init; } = TimeSpan.FromSeconds(5);
}
