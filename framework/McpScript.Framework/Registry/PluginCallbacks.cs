using McpScript.Model;

namespace McpScript.Registry;

/// <summary>Passes calls of running plugins to the registry and the notifier.</summary>
sealed class PluginCallbacks(IResourceNotifier resources) : IPluginCallbacks
{
    /// <summary>The registry; set after construction because it needs a loader, which needs these callbacks.</summary>
    public PluginRegistry? Registry { get; set; }

    /// <inheritdoc/>
    public void ResourceUpdated(string uri) => resources.AnnounceUpdate(uri);

    /// <inheritdoc/>
    public Task UpdateAsync(Plugin plugin, Func<PluginPrimitives, PluginPrimitives> change) =>
        Registry?.UpdateAsync(plugin, change) ?? throw new InvalidOperationException("The host is not up yet; change the set from mcp.OnLive at the earliest.");
}
