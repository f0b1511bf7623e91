namespace McpScript.Http.Streams;

/// <summary>A stored event. Holds bytes, not objects: a message may contain values of plugin types, which must not outlive the plugin here.</summary>
sealed record StoredEvent(long Number, string? Type, TimeSpan? Retry, byte[]? Data, long At)
{
    // Estimated size of the record, its place in the list and its array, in bytes.
    const int Overhead = 128;

    /// <summary>The size that counts against the limit, in bytes.</summary>
    public int Size => Overhead + (Data?.Length ?? 0);
}
