using McpScript.Model;

namespace McpScript.Scripting.Cache;

/// <summary>The assembly of a plugin's C# files.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Image">Its bytes and symbols.</param>
sealed record CachedCode(string Name, DependencyImage Image);
