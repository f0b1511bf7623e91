namespace McpScript;

/// <summary>A prebuilt plugin: a class with a parameterless constructor whose <see cref="Register"/> says what the plugin offers.</summary>
public interface IPlugin
{
    /// <summary>Called once for each generation of the plugin, before anything of it is visible; what it throws is reported and nothing is loaded.</summary>
    void Register(IPluginBuilder mcp, PluginConfig config);
}
