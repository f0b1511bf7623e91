using System.Text.RegularExpressions;
using NuGet.Versioning;

namespace McpScript.Packages;

/// <summary>An operator's choice of a package: <c>Contoso.Tools</c>, <c>Contoso.Tools@1.2.3</c>, <c>Contoso.Tools@[1.0,2.0)</c>.</summary>
sealed partial record PackageSelector
{
    PackageSelector(string id, string version) => (Id, Version) = (id, version);

    /// <summary>The package's id.</summary>
    public string Id { get; }

    /// <summary>An exact version, a range or a floating version; <c>*</c> for the newest stable one, <c>*-*</c> for the newest with prereleases.</summary>
    public string Version { get; }

    /// <summary>Parses <c>ID</c> or <c>ID@version</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prerelease">True to include prerelease versions.</param>
    /// <returns>The selector; null if the text is not valid.</returns>
    public static PackageSelector? Parse(string text, bool prerelease = false)
    {
        var (id, version) = text.Split('@', 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (text.Trim(), "*");
        if (prerelease && version.EndsWith('*') && !version.Contains('-'))
            version += "-*";
        var selector = new PackageSelector(id, version);
        return PackageRequest.Parse($"{id}, {version}") is not null && PackageRequest.Parse($"{id}, {selector.Range}") is not null ? selector : null;
    }

    /// <summary>Returns the selector for an update: the same one, or the newest version if this one is an exact version.</summary>
    public PackageSelector Next() => PackageVersions.Parse(Version) is { } exact ? new(Id, exact.IsPrerelease ? "*-*" : "*") : this;

    /// <summary>The selector as a request to NuGet.</summary>
    public PackageRequest Request => new(Id, Range);

    /// <summary>Returns true if a found version is one of those selected.</summary>
    public bool Allows(string version) => Floor() is not { } floor || PackageVersions.Parse(version) is { } found && found.CompareTo(floor) >= 0;

    /// <inheritdoc/>
    public override string ToString() => Version is "*" ? Id : $"{Id}@{Version}";

    // NuGet takes the lowest version of a range, which is right for a library, but not for a plugin; and '1.2.3' means 'at least 1.2.3' to NuGet.
    string Range => PackageVersions.Parse(Version) is not null ? $"[{Version}]"
        : Span().Match(Version) is { Success: true } span ? span.Groups["end"].Value is { Length: > 0 } end ? $"[{Any}, {end}{span.Groups["close"].Value}" : Any
        : Version;

    string Any => Version.Contains('-') ? "*-*" : "*";

    NuGetVersion? Floor() => Span().Match(Version) is { Success: true } span ? PackageVersions.Parse(span.Groups["begin"].Value) : null;

    [GeneratedRegex(@"\A[\[(]\s*(?<begin>[^,\s]*)\s*,\s*(?<end>[^,\s]*)\s*(?<close>[\])])\z")]
    private static partial Regex Span();
}
