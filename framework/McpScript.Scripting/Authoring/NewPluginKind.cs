namespace McpScript.Scripting.Authoring;

/// <summary>Kinds of new plugins.</summary>
enum NewPluginKind
{
    /// <summary>A folder with registration, logic, settings and tests.</summary>
    Folder,

    /// <summary>One script.</summary>
    Script,

    /// <summary>A project that builds a DLL and packs a NuGet package.</summary>
    Package,
}
