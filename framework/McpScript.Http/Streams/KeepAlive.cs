namespace McpScript.Http.Streams;

/// <summary>Settings for keep-alive comments: the silence after which an open stream gets one, and the clock.</summary>
sealed record KeepAlive(TimeSpan Silence, TimeProvider Time)
{
    /// <summary>15 seconds, less than the idle timeout of common proxies.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(15);
}
