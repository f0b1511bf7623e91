namespace McpScript.Loading;

/// <summary>What a running plugin may ask of the machine around it.</summary>
interface IPluginCallbacks
{
    /// <summary>Tells subscribers that a resource has changed.</summary>
    void ResourceUpdated(string uri);

    /// <summary>Changes what a plugin offers, in one step.</summary>
    /// <exception cref="InvalidOperationException">It cannot be done; nothing has changed.</exception>
    Task UpdateAsync(Plugin plugin, Action<IPluginUpdate> change);
}
