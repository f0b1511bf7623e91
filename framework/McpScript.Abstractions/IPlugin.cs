namespace McpScript;

/// <summary>A compiled plugin: a class with a parameterless constructor, whose <see cref="Register"/> method registers what the plugin offers.</summary>
public interface IPlugin
{
    /// <summary>Called once for each generation, before it is visible to clients. If it throws, the error is reported and nothing is loaded.</summary>
    void Register(IPluginBuilder mcp, PluginConfig config);
}
