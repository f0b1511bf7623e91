using McpScript.FileSystem;

namespace McpScript.Scripting.Cache;

/// <summary>An assembly that a cached script brings along: not its bytes, which stay where they are, but what they have to be.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="File">Its file.</param>
sealed record CachedDependency(string Name, SourceFile File);
