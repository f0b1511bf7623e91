namespace McpScript.Registry;

/// <summary>What may be wished of a plugin.</summary>
public enum PluginChangeKind
{
    /// <summary>Load it; refused if it is loaded.</summary>
    Load,

    /// <summary>Make a new generation of it; refused if it is not loaded.</summary>
    Reload,

    /// <summary>Load it or make a new generation, whichever fits.</summary>
    Refresh,

    /// <summary>Unload it; refused if it is not loaded.</summary>
    Unload,
}
