namespace McpScript.FileSystem;

/// <summary>Target of a path, with all symbolic links resolved.</summary>
/// <param name="Real">The path without links; for a missing target, up to the first missing part.</param>
/// <param name="Kind">Kind of the target.</param>
/// <param name="Links">The symbolic links that were followed, each as a path without any other link in it.</param>
sealed record ResolvedPath(string Real, FileKind Kind, IReadOnlyList<string> Links);
