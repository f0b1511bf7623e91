using McpScript.Model;

namespace McpScript.Registry;

/// <summary>Passes calls of running plugins to the catalog and to clients.</summary>
/// <param name="catalog">Changes what plugins offer.</param>
/// <param name="clients">Notifies subscribers of resources.</param>
sealed class PluginCallbacks(CatalogWriter catalog, IClientNotifier clients) : IPluginCallbacks
{
    /// <inheritdoc/>
    public void ResourceUpdated(string uri) => clients.AnnounceUpdate(uri);

    /// <inheritdoc/>
    public Task UpdateAsync(Plugin plugin, Func<PluginPrimitives, PluginPrimitives> change) => catalog.UpdateAsync(plugin, change);
}
