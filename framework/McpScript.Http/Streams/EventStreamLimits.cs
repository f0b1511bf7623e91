namespace McpScript.Http.Streams;

/// <summary>How much of what was sent is kept for clients that resume a stream. Beyond any limit the oldest goes first.</summary>
sealed record EventStreamLimits
{
    /// <summary>The most streams, of all sessions together.</summary>
    public int MaxStreams { get; init; } = 4_096;

    /// <summary>The most events of one stream.</summary>
    public int MaxEventsPerStream { get; init; } = 256;

    /// <summary>The most bytes, of all streams together.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long an event, and a finished stream, is kept.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a client that polls a stream waits for an event, if there is none yet.</summary>
    public TimeSpan PollWait { get; init; } = TimeSpan.FromSeconds(20);
}
