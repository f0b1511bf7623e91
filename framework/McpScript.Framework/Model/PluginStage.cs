namespace McpScript.Model;

/// <summary>The arrow of the life cycle on which something failed.</summary>
public enum PluginStage
{
    /// <summary>Finding the plugin: no such name, or disabled.</summary>
    Resolve,

    /// <summary>Reading or compiling its code, or reading its settings.</summary>
    Compile,

    /// <summary>Running its registration.</summary>
    Register,

    /// <summary>Taking its place in the catalog: a name is taken or reserved.</summary>
    Publish,
}
