using System.Text.RegularExpressions;
using NuGet.Versioning;

namespace McpScript.Packages;

/// <summary>A request for a package.</summary>
/// <param name="Id">The id; compared ignoring case.</param>
/// <param name="Version">A version, a range, or a floating version such as <c>1.*</c>, in NuGet's notation.</param>
sealed partial record PackageRequest(string Id, string Version)
{
    /// <summary>Parses <c>Id, version</c>; without a version it is the newest stable one.</summary>
    /// <returns>The request; null if the text is not valid.</returns>
    public static PackageRequest? Parse(string text)
    {
        // Split once, because a range contains a comma too.
        var (id, version) = text.Split(',', 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (text.Trim(), "*");
        return ValidId().IsMatch(id) && VersionRange.TryParse(version, out _) ? new(id, version) : null;
    }

    /// <summary>Returns true if the id is in a list of ids, or of beginnings of ids, which end in a dot or star.</summary>
    public bool IsAmong(IEnumerable<string> idsOrBeginnings) => idsOrBeginnings.Any(allowed =>
        allowed.EndsWith('.') || allowed.EndsWith('*')
            ? Id.StartsWith(allowed.TrimEnd('*'), StringComparison.OrdinalIgnoreCase)
            : string.Equals(Id, allowed, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Returns true if a found version satisfies the request. NuGet replaces a missing version by the next higher one, whatever its number.
    /// </summary>
    public bool Allows(string version)
    {
        if (PackageVersions.Parse(version) is not { } found)
            return false;
        // '1.2.3' means 'at least 1.2.3' to NuGet.
        if (PackageVersions.Parse(Version) is { } exact)
            return found == exact;
        // Both: the floating part does not know the upper end of a range such as '[*, 2.0)'.
        return VersionRange.TryParse(Version, out var range) && range.Satisfies(found) && range.Float?.Satisfies(found) is not false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Id}, {Version}";

    // Only characters without a meaning for MSBuild, because it is written to a project file; versions have no others.
    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\z")]
    private static partial Regex ValidId();
}
