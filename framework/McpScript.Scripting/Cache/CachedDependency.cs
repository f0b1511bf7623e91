using McpScript.FileSystem;

namespace McpScript.Scripting.Cache;

/// <summary>A dependency of a cached script: the bytes stay in its file, and the entry records their hash.</summary>
/// <param name="Name">Simple name of the assembly.</param>
/// <param name="File">Path and hash of the assembly.</param>
sealed record CachedDependency(string Name, SourceFile File);
