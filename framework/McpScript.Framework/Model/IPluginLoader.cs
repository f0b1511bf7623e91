namespace McpScript.Model;

/// <summary>Makes images live. Thread-safe.</summary>
interface IPluginLoader
{
    /// <summary>Makes a new generation, which no client sees yet.</summary>
    /// <exception cref="PluginLoadException">It cannot be made; nothing of it is left.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing of it is left.</exception>
    Task<Plugin> LoadAsync(PluginImage image, CancellationToken cancellationToken);

    /// <summary>Forgets what is kept from one generation to the next. Called when a plugin was unloaded, not reloaded.</summary>
    void Forget(PluginReference reference);
}
