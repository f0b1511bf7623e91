namespace McpScript.Plugins;

/// <summary>What a flow of plugin code carries along: whose code it is.</summary>
class FlowMark(string plugin)
{
    /// <summary>The plugin's name.</summary>
    public string Plugin => plugin;
}
