using McpScript.Loading;

namespace McpScript.Core.Tests.Unloading;

/// <summary>The host of a plugin that asks nothing of it.</summary>
sealed class NoHost : IPluginCallbacks
{
    /// <inheritdoc/>
    public void ResourceUpdated(string uri) => throw new NotSupportedException(uri);

    /// <inheritdoc/>
    public Task UpdateAsync(Plugin plugin, Action<IPluginUpdate> change) => throw new NotSupportedException(plugin.Reference.Name);
}
