using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Management;

/// <summary>Outcome of installing, updating or uninstalling a package.</summary>
sealed record PackageChange
{
    /// <summary>The package's id.</summary>
    public required string Package { get; init; }

    /// <summary>The change that was made, or the reason for none.</summary>
    public required PackageChangeKind Kind { get; init; }

    /// <summary>True if the change was made, or none was needed.</summary>
    public bool Ok => Kind is PackageChangeKind.Installed or PackageChangeKind.Unchanged or PackageChangeKind.Uninstalled;

    /// <summary>The version that is installed now; after an uninstallation the one that was removed.</summary>
    public string? Version { get; init; }

    /// <summary>The version that was installed before; null if none was.</summary>
    public string? Was { get; init; }

    /// <summary>The plugin as it is loaded now; null if it is not loaded, or no proxy is running.</summary>
    public PluginSummary? Plugin { get; init; }

    /// <summary>Names of the removed tools, resources, prompts and commands.</summary>
    public ImmutableArray<string> Removed { get; init; } = [];

    /// <summary>A further note for the operator; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>The reason for a failure in one line; null for a success.</summary>
    public string? Error { get; init; }

    /// <summary>The stage of loading that failed; null if none did.</summary>
    public PluginStage? Stage { get; init; }

    /// <summary>All problems.</summary>
    public ImmutableArray<PluginProblem> Problems { get; init; } = [];
}
