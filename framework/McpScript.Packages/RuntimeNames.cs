using System.Runtime.InteropServices;

namespace McpScript.Packages;

/// <summary>The runtime identifiers under which packages keep what suits this machine.</summary>
static class RuntimeNames
{
    /// <summary>The best first; <c>any</c> is the last one.</summary>
    public static IReadOnlyList<string> Here { get; } = Of(
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux",
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        isMusl: RuntimeInformation.RuntimeIdentifier is var id && (id.Contains("musl", StringComparison.Ordinal) || id.StartsWith("alpine", StringComparison.Ordinal)));

    // The portable identifiers; those of single distributions (debian.12-x64) have not been used by packages for years.
    internal static IReadOnlyList<string> Of(string system, string architecture, bool isMusl) =>
    [
        .. isMusl ? [$"linux-musl-{architecture}", "linux-musl"] : Array.Empty<string>(),
        $"{system}-{architecture}",
        system,
        .. system == "win" ? [] : new[] { $"unix-{architecture}", "unix" },
        "any",
    ];
}
