using NuGet.Versioning;

namespace McpScript.Packages;

/// <summary>
/// Versions of packages as NuGet reads them: <c>1.2</c>, <c>1.2.0</c> and <c>1.2.0.0</c> are the same, and a part after a plus sign is ignored.
/// </summary>
static class PackageVersions
{
    /// <summary>Parses a version; null if the text is not one, but for example a range.</summary>
    public static NuGetVersion? Parse(string? text) => NuGetVersion.TryParse(text, out var version) ? version : null;

    /// <summary>Returns true if two texts are the same version.</summary>
    public static bool AreSame(string a, string b) => Parse(a) is { } one && Parse(b) is { } other && one == other;
}
