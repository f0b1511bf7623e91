namespace McpScript.Scripting.Cache;

/// <summary>Folder and limits of the compile cache.</summary>
sealed record CompileCacheOptions
{
    /// <summary>Absolute path of a folder for the cache only; created if it is missing, for the current user only.</summary>
    public required string Folder { get; init; }

    /// <summary>Maximum size in bytes; above it, the entries that were unused for longest are removed. Default: 256 MiB.</summary>
    public long MostBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Time after which an unused entry is removed. Default: 30 days.</summary>
    public TimeSpan LongestUnused { get; init; } = TimeSpan.FromDays(30);
}
