namespace McpScript.Loading;

/// <summary>Owner of all generations from the creation of their load context to its collection. Thread-safe.</summary>
interface IGenerationTracker
{
    /// <summary>Counts a new load context.</summary>
    /// <returns>The same context.</returns>
    PluginLoadContext Track(PluginLoadContext context);

    /// <summary>Disposes and unloads a generation that was never published.</summary>
    void Discard(Plugin plugin);
}
