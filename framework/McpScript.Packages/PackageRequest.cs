using System.Text.RegularExpressions;

namespace McpScript.Packages;

/// <summary>A package that is asked for.</summary>
/// <param name="Id">Its id; compared ignoring case.</param>
/// <param name="Version">A version, a range, or a floating version such as <c>1.*</c>, as NuGet spells them.</param>
sealed partial record PackageRequest(string Id, string Version)
{
    /// <summary>Reads <c>Id, version</c>; without a version the newest stable one is meant.</summary>
    /// <returns>Null if it is not that.</returns>
    public static PackageRequest? Parse(string text)
    {
        // Split once: a range holds a comma, too.
        var (id, version) = text.Split(',', 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (text.Trim(), "*");
        return ValidId().IsMatch(id) && ValidVersion().IsMatch(version) ? new(id, version) : null;
    }

    /// <summary>True if an id is one of these, or begins with one that ends in a dot or star.</summary>
    public bool IsAmong(IEnumerable<string> idsOrBeginnings) => idsOrBeginnings.Any(allowed =>
        allowed.EndsWith('.') || allowed.EndsWith('*') ? Id.StartsWith(allowed.TrimEnd('*'), StringComparison.OrdinalIgnoreCase) : string.Equals(Id, allowed, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// True if a version that was found is what was asked for. NuGet takes the next higher one, of whatever number, for a version that is not there.
    /// </summary>
    public bool Allows(string version)
    {
        if (PackageVersion.Parse(Version) is not null)
            return PackageVersion.AreSame(Version, version);
        // A range is kept to by NuGet itself. Of a floating version, what stands before the star is meant.
        return Version.StartsWith('[') || Version.StartsWith('(') || $"{version}.".StartsWith(Version[..Version.IndexOf('*', StringComparison.Ordinal)], StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Id}, {Version}";

    // Nothing in them means anything to MSBuild, into whose file they go.
    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\z")]
    private static partial Regex ValidId();

    [GeneratedRegex(@"\A[0-9*\[(][0-9A-Za-z.*+\-\[\](), ]{0,99}\z")]
    private static partial Regex ValidVersion();
}
