namespace McpScript.Model;

/// <summary>Loads images as live generations of plugins. Thread-safe.</summary>
interface IPluginLoader
{
    /// <summary>Creates a new generation, which no client sees yet.</summary>
    /// <exception cref="PluginLoadException">The plugin cannot be loaded; nothing of it remains.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing of the plugin remains.</exception>
    Task<Plugin> LoadAsync(PluginImage image, CancellationToken cancellationToken);

    /// <summary>Drops the state that is kept from one generation to the next. Called when a plugin is unloaded, not when it is reloaded.</summary>
    void Forget(PluginReference reference);
}
