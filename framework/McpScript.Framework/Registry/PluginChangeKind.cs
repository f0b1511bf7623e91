namespace McpScript.Registry;

/// <summary>Kinds of plugin changes.</summary>
public enum PluginChangeKind
{
    /// <summary>Loads the plugin; refused if it is loaded.</summary>
    Load,

    /// <summary>Creates a new generation; refused if the plugin is not loaded.</summary>
    Reload,

    /// <summary>Loads the plugin, or creates a new generation if it is loaded.</summary>
    Refresh,

    /// <summary>Unloads the plugin; refused if it is not loaded.</summary>
    Unload,
}
