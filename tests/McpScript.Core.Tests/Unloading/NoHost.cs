using McpScript.Model;

namespace McpScript.Core.Tests.Unloading;

/// <summary>The host of a plugin that asks nothing of it.</summary>
sealed class NoHost : IPluginCallbacks
{
    /// <inheritdoc/>
    public void ResourceUpdated(string uri) => throw new NotSupportedException(uri);

    /// <inheritdoc/>
    public Task UpdateAsync(Plugin plugin, Func<PluginPrimitives, PluginPrimitives> change) => throw new NotSupportedException(plugin.Reference.Name);
}
