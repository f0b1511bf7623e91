using McpScript.Configuration.Schema;
using static McpScript.Configuration.Schema.KeyTable<McpScript.Configuration.McpScriptConfig>;
using static McpScript.Configuration.Schema.SettingTypes;

namespace McpScript.Configuration;

/// <summary>The table of the keys about NuGet packages.</summary>
static class PackageKeys
{
    /// <summary>All keys.</summary>
    public static IEnumerable<SectionKey<McpScriptConfig>> All =>
    [
        Key("package_sources", new ListType<string>("a list of feeds and folders", Text),
            c => c.Packages.Sources, (c, v) => c with { Packages = c.Packages with { Sources = v } }, null,
            "The sources of packages; folders are relative to this file; by default the sources of the machine's NuGet.config."),
        Key("allowed_packages", new ListType<string>("a list of package ids or beginnings of ids", Text),
            c => c.Packages.Allowed, (c, v) => c with { Packages = c.Packages with { Allowed = v } }, null,
            "The packages that may be used; a beginning of an id ends in a dot or star; by default all."),
        Key("allow_nuget_in_scripts", Switch, c => c.Packages.InScripts, (c, v) => c with { Packages = c.Packages with { InScripts = v } }, "true",
            "Allows scripts to use #r \"nuget: …\"."),
        Key("allow_install_from_mcp", Switch, c => c.Packages.InstallFromMcp, (c, v) => c with { Packages = c.Packages with { InstallFromMcp = v } }, "false",
            "Allows the installation of packages through an MCP tool."),
    ];
}
