namespace McpScript.Model;

/// <summary>Stage of the life cycle at which loading failed.</summary>
public enum PluginStage
{
    /// <summary>Finding the plugin: there is none of that name, or it is disabled.</summary>
    Resolve,

    /// <summary>Reading or compiling the plugin's code, or reading its settings.</summary>
    Compile,

    /// <summary>Running the plugin's registration.</summary>
    Register,

    /// <summary>Adding the plugin to the catalog: a name is taken or reserved.</summary>
    Publish,
}
