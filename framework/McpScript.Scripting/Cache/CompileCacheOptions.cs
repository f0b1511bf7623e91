namespace McpScript.Scripting.Cache;

/// <summary>Where compiled scripts are kept, and how many.</summary>
sealed record CompileCacheOptions
{
    /// <summary>The absolute path of a folder of its own; made if it is missing, for the user only.</summary>
    public required string Folder { get; init; }

    /// <summary>The most bytes that are kept; what was not used for longest goes first.</summary>
    public long MostBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>How long an entry may lie unused.</summary>
    public TimeSpan LongestUnused { get; init; } = TimeSpan.FromDays(30);
}
