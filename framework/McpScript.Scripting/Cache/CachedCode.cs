using McpScript.Model;

namespace McpScript.Scripting.Cache;

/// <summary>The assembly of a plugin's C# files.</summary>
/// <param name="Name">Simple name of the assembly.</param>
/// <param name="Image">Bytes and symbols of the assembly.</param>
sealed record CachedCode(string Name, DependencyImage Image);
