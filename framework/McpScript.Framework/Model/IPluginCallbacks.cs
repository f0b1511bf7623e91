namespace McpScript.Model;

/// <summary>Calls of running plugins into the host.</summary>
interface IPluginCallbacks
{
    /// <summary>Notifies subscribers that a resource has changed.</summary>
    void ResourceUpdated(string uri);

    /// <summary>Changes the primitives of a plugin that is served, in one swap.</summary>
    /// <param name="plugin">The generation.</param>
    /// <param name="change">Computes the new primitives from those that it offers now; runs while no other change of the registry can come in between.</param>
    /// <exception cref="InvalidOperationException">It cannot be done; nothing has changed.</exception>
    Task UpdateAsync(Plugin plugin, Func<PluginPrimitives, PluginPrimitives> change);
}
