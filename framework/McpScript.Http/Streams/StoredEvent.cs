namespace McpScript.Http.Streams;

/// <summary>An event that was sent. Bytes, not objects: a message may hold values of a plugin's own types, which must not outlive the plugin here.</summary>
sealed record StoredEvent(long Number, string? Type, TimeSpan? Retry, byte[]? Data, long At)
{
    // What the record, its place in the list and its array cost besides the data.
    const int Overhead = 128;

    /// <summary>What the event costs to keep.</summary>
    public int Size => Overhead + (Data?.Length ?? 0);
}
