namespace McpScript.Http.Streams;

/// <summary>Limits of the event store for clients that resume a stream. Beyond a limit the oldest entries are removed first.</summary>
sealed record EventStreamLimits
{
    /// <summary>The largest number of streams of all sessions. Default: 4,096.</summary>
    public int MaxStreams { get; init; } = 4_096;

    /// <summary>The largest number of events of one stream. Default: 256.</summary>
    public int MaxEventsPerStream { get; init; } = 256;

    /// <summary>The total size of all streams, in bytes. Default: 64 MiB.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The age at which an event, or a completed stream, is removed. Default: 5 minutes.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time that a polling client waits for an event if there is none yet. Default: 20 seconds.</summary>
    public TimeSpan PollWait { get; init; } = TimeSpan.FromSeconds(20);
}
