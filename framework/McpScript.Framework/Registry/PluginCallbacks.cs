using McpScript.Loading;

namespace McpScript.Registry;

/// <summary>Leads what running plugins ask for to those who can do it.</summary>
sealed class PluginCallbacks(IResourceNotifier resources) : IPluginCallbacks
{
    /// <summary>Set once the registry is there, which itself needs plugins to be loaded with this.</summary>
    public PluginRegistry? Registry { get; set; }

    /// <inheritdoc/>
    public void ResourceUpdated(string uri) => resources.AnnounceUpdate(uri);

    /// <inheritdoc/>
    public Task UpdateAsync(Plugin plugin, Action<IPluginUpdate> change) =>
        Registry?.UpdateAsync(plugin, change) ?? throw new InvalidOperationException("The host is not up yet; change the set from mcp.OnLive at the earliest.");
}
