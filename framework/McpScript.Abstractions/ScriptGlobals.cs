namespace McpScript;

/// <summary>The two names that every script sees besides its usings.</summary>
/// <param name="mcp">What the script registers its tools, resources and prompts with.</param>
/// <param name="config">The plugin's settings.</param>
public sealed class ScriptGlobals(IPluginBuilder mcp, PluginConfig config)
{
#pragma warning disable IDE1006 // They are names in a script, where lower case is what reads well.
    /// <summary>What the script registers its tools, resources and prompts with.</summary>
    public IPluginBuilder mcp { get; } = mcp;

    /// <summary>The plugin's settings.</summary>
    public PluginConfig config { get; } = config;
#pragma warning restore IDE1006
}
