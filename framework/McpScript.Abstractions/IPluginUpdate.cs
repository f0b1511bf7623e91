namespace McpScript;

/// <summary>A change of what a running plugin offers; what is added under a name that the plugin has replaces it.</summary>
public interface IPluginUpdate : IPrimitiveBuilder
{
    /// <summary>Takes a tool, prompt, resource or template away; false if the plugin has nothing of that name or URI.</summary>
    bool Remove(string nameOrUri);
}
