using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Management;

/// <summary>What came of installing, updating or uninstalling a package.</summary>
sealed record PackageChange
{
    /// <summary>The package's id.</summary>
    public required string Package { get; init; }

    /// <summary>What was done.</summary>
    public required PackageChangeKind Kind { get; init; }

    /// <summary>True if it was done, or nothing was to be done.</summary>
    public bool Ok => Kind is PackageChangeKind.Installed or PackageChangeKind.Unchanged or PackageChangeKind.Uninstalled;

    /// <summary>The version that is installed now; after an uninstallation the one that was.</summary>
    public string? Version { get; init; }

    /// <summary>The version that was installed before; null if none was.</summary>
    public string? Was { get; init; }

    /// <summary>The plugin as it is loaded now; null if it is not, or nothing is running.</summary>
    public PluginSummary? Plugin { get; init; }

    /// <summary>The tools, resources, prompts and commands that went.</summary>
    public ImmutableArray<string> Removed { get; init; } = [];

    /// <summary>What the operator should know besides; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Why it was not done, in a line; null if it was.</summary>
    public string? Error { get; init; }

    /// <summary>How far loading came that failed.</summary>
    public PluginStage? Stage { get; init; }

    /// <summary>All that is wrong.</summary>
    public ImmutableArray<PluginProblem> Problems { get; init; } = [];
}
