namespace McpScript.FileSystem;

/// <summary>Changes that may have happened under the watched paths: scan again.</summary>
/// <param name="Paths">
/// Paths of events, as the system reports them and, where a symbolic link lies between, as they were requested. Never complete (a folder that is moved in
/// is one path, a recreated root none), so use them only for log lines and to force reading a file again.
/// </param>
sealed record FileChanges(IReadOnlySet<string> Paths)
{
    /// <summary>Time of the first event; null if there was none and a timeout ended the wait.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}
