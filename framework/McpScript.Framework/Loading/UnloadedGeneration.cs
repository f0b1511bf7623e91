using McpScript.Model;

namespace McpScript.Loading;

/// <summary>A generation whose load context is unloaded and may still be in memory. Holds no live types.</summary>
/// <param name="Plugin">Name of the plugin.</param>
/// <param name="Generation">Number of the generation.</param>
/// <param name="Context">The load context; the reference tracks resurrection.</param>
/// <param name="Image">The code that it was created from.</param>
/// <param name="LoadedAssemblies">Names of the assemblies that were loaded in the context.</param>
/// <param name="IsStillLive">True if an action of <c>mcp.OnLive</c> has not returned.</param>
sealed record UnloadedGeneration(
    string Plugin, int Generation, WeakReference Context, AssemblyImage Image, IReadOnlyList<string> LoadedAssemblies, bool IsStillLive);
