namespace McpScript.Model;

/// <summary>Calls of running plugins into the host.</summary>
interface IPluginCallbacks
{
    /// <summary>Notifies subscribed clients that a resource has changed.</summary>
    void ResourceUpdated(string uri);

    /// <summary>Changes the primitives of a served plugin in one swap.</summary>
    /// <param name="plugin">The generation.</param>
    /// <param name="change">Computes the new primitives from the current ones; runs while no other change of the registry can come in between.</param>
    /// <exception cref="InvalidOperationException">The change is not possible; nothing has changed.</exception>
    Task UpdateAsync(Plugin plugin, Func<PluginPrimitives, PluginPrimitives> change);
}
