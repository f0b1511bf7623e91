namespace McpScript;

/// <summary>A change of a running plugin's tools, resources and prompts. Adding a name that the plugin already has replaces it.</summary>
public interface IPluginUpdate : IPrimitiveBuilder
{
    /// <summary>Removes a tool, prompt, resource or template; returns false if the plugin has none with this name or URI.</summary>
    bool Remove(string nameOrUri);
}
