using System.Collections.Immutable;
using McpScript.Sources;

namespace McpScript.Checking;

/// <summary>All that a check has found.</summary>
/// <param name="Plugins">The names of the plugins that were looked at.</param>
/// <param name="Skipped">Those that the configuration turns off.</param>
/// <param name="NotLoaded">Files and folders that look like plugins and are not loaded.</param>
/// <param name="Findings">By plugin, file and line; empty if all is well.</param>
sealed record CheckReport(ImmutableArray<string> Plugins, ImmutableArray<string> Skipped, ImmutableArray<OverlookedPath> NotLoaded, ImmutableArray<CheckFinding> Findings)
{
    /// <summary>How many of them are errors.</summary>
    public int Errors => Findings.Count(finding => finding.Severity == CheckSeverity.Error);

    /// <summary>How many of them are warnings.</summary>
    public int Warnings => Findings.Length - Errors;
}
