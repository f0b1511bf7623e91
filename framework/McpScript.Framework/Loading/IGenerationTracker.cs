using McpScript.Model;

namespace McpScript.Loading;

/// <summary>Follows load contexts from their creation to their collection. Thread-safe.</summary>
interface IGenerationTracker
{
    /// <summary>Counts a new load context.</summary>
    /// <returns>The same context.</returns>
    PluginLoadContext Track(PluginLoadContext context);

    /// <summary>Disposes and unloads a generation that was never published.</summary>
    void Discard(Plugin plugin);

    /// <summary>Verifies from now on that the load context of a generation is collected.</summary>
    void Verify(UnloadedGeneration generation);
}
