namespace McpScript.Model;

/// <summary>Names of the kinds of plugins, as status, logs and <see cref="PluginLocation.Kind"/> show them.</summary>
static class PluginKinds
{
    /// <summary>A script file.</summary>
    public const string Script = "script";

    /// <summary>A folder with a <c>main.csx</c>.</summary>
    public const string ScriptFolder = "folder";

    /// <summary>A test of scripts, which is never served.</summary>
    public const string ScriptTest = "test";

    /// <summary>An assembly file.</summary>
    public const string Dll = "dll";

    /// <summary>A folder with an assembly of its name.</summary>
    public const string DllFolder = "dll folder";

    /// <summary>A configured path whose kind of file is not recognized.</summary>
    public const string Path = "path";

    /// <summary>An installed NuGet package.</summary>
    public const string Package = "package";
}
