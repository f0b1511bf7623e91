using McpScript.Model;

namespace McpScript.Loading;

/// <summary>A generation whose load context was unloaded and may still be in memory. Holds no live types.</summary>
/// <param name="Plugin">Name of the plugin.</param>
/// <param name="Generation">Its number.</param>
/// <param name="Context">The load context; tracks resurrection.</param>
/// <param name="Image">Code that it was made from.</param>
/// <param name="LoadedAssemblies">Names of the assemblies that were loaded in the context.</param>
/// <param name="IsStillLive">True if its actions for going live have not returned.</param>
sealed record UnloadedGeneration(
    string Plugin, int Generation, WeakReference Context, AssemblyImage Image, IReadOnlyList<string> LoadedAssemblies, bool IsStillLive);
