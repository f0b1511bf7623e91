namespace McpScript.FileSystem;

/// <summary>Where a path leads now.</summary>
/// <param name="Real">The path without any link in it; of a missing one, as far as its first missing part.</param>
/// <param name="Kind">What is there.</param>
/// <param name="Links">The symbolic links that were followed, each as a path without any other link in it.</param>
sealed record ResolvedPath(string Real, FileKind Kind, IReadOnlyList<string> Links);
