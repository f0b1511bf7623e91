using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>The keys about NuGet packages.</summary>
public sealed record PackageSettings
{
    /// <summary><c>package_sources</c>: feeds and folders; null for those of the machine's NuGet.config.</summary>
    public ImmutableArray<string>? Sources { get; init; }

    /// <summary><c>allowed_packages</c>: ids or prefixes of ids; null for all.</summary>
    public ImmutableArray<string>? Allowed { get; init; }

    /// <summary><c>allow_nuget_in_scripts</c>: true if scripts may use <c>#r "nuget: …"</c>.</summary>
    public bool InScripts { get; init; } = true;

    /// <summary><c>allow_install_from_mcp</c>: true if packages may be installed through an MCP tool.</summary>
    public bool InstallFromMcp { get; init; }
}
