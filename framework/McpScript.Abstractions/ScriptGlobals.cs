namespace McpScript;

/// <summary>The names that every script can use besides its usings.</summary>
/// <param name="mcp">Registers the script's tools, resources and prompts.</param>
/// <param name="config">The plugin's settings.</param>
public sealed class ScriptGlobals(IPluginBuilder mcp, PluginConfig config)
{
#pragma warning disable IDE1006 // These are names in a script, which are lower case by convention.
    /// <summary>Registers the script's tools, resources and prompts.</summary>
    public IPluginBuilder mcp { get; } = mcp;

    /// <summary>The plugin's settings.</summary>
    public PluginConfig config { get; } = config;
#pragma warning restore IDE1006
}
