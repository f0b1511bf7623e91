using System.Runtime.InteropServices;

namespace McpScript.Packages;

/// <summary>Runtime identifiers of this machine in packages.</summary>
static class RuntimeNames
{
    /// <summary>The identifiers, the best match first; <c>any</c> is the last one.</summary>
    public static IReadOnlyList<string> Here { get; } = Of(
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux",
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        isMusl: IsMusl(RuntimeInformation.RuntimeIdentifier));

    static bool IsMusl(string id) => id.Contains("musl", StringComparison.Ordinal) || id.StartsWith("alpine", StringComparison.Ordinal);

    // Portable identifiers only; packages no longer use those of single distributions (debian.12-x64).
    internal static IReadOnlyList<string> Of(string system, string architecture, bool isMusl) =>
    [
        .. isMusl ? [$"linux-musl-{architecture}", "linux-musl"] : Array.Empty<string>(),
        $"{system}-{architecture}",
        system,
        .. system == "win" ? [] : new[] { $"unix-{architecture}", "unix" },
        "any",
    ];
}
