using System.Collections.Immutable;
using McpScript.Sources;

namespace McpScript.Checking;

/// <summary>Result of a check.</summary>
/// <param name="Plugins">The names of the checked plugins.</param>
/// <param name="Skipped">The names of the plugins that the configuration disables.</param>
/// <param name="NotLoaded">Files and folders that resemble plugins, but are not loaded.</param>
/// <param name="Findings">The findings, by plugin, file and line; empty if there are none.</param>
sealed record CheckReport(
    ImmutableArray<string> Plugins, ImmutableArray<string> Skipped, ImmutableArray<OverlookedPath> NotLoaded, ImmutableArray<CheckFinding> Findings)
{
    /// <summary>The number of errors.</summary>
    public int Errors => Findings.Count(finding => finding.Severity == CheckSeverity.Error);

    /// <summary>The number of warnings.</summary>
    public int Warnings => Findings.Length - Errors;
}
