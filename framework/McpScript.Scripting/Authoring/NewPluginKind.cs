namespace McpScript.Scripting.Authoring;

/// <summary>What a new plugin is made of.</summary>
enum NewPluginKind
{
    /// <summary>A folder with wiring, logic, settings and tests.</summary>
    Folder,

    /// <summary>One script.</summary>
    Script,

    /// <summary>A project that builds a DLL and packs a NuGet package.</summary>
    Package,
}
