namespace McpScript.FileSystem;

/// <summary>Something under the watched places may have changed: look again.</summary>
/// <param name="Paths">
/// Paths that events named, both as the system named them and as they were asked for where a symbolic link lies between. Never complete (a folder
/// moved in is one path, a re-made root none), so good for a log line or a forced second look, and for nothing else.
/// </param>
sealed record FileChanges(IReadOnlySet<string> Paths)
{
    /// <summary>When the first of what it stands for was seen; null if nothing was, and it was only time to look again.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}
