namespace McpScript.Http.Streams;

/// <summary>After how long a silence an open stream gets a comment, and by which clock.</summary>
sealed record KeepAlive(TimeSpan Silence, TimeProvider Time)
{
    /// <summary>Shorter than what the usual proxies wait for.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(15);
}
