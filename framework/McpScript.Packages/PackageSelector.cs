using System.Text.RegularExpressions;

namespace McpScript.Packages;

/// <summary>A package that an operator wants installed: <c>Contoso.Tools</c>, <c>Contoso.Tools@1.2.3</c>, <c>Contoso.Tools@[1.0,2.0)</c>.</summary>
sealed partial record PackageSelector
{
    PackageSelector(string id, string version) => (Id, Version) = (id, version);

    /// <summary>The package's id.</summary>
    public string Id { get; }

    /// <summary>Which version: an exact one, a range or a floating one; <c>*</c> for the newest, <c>*-*</c> for the newest of all.</summary>
    public string Version { get; }

    /// <summary>Reads <c>ID</c> or <c>ID@version</c>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="prerelease">Unfinished versions count too.</param>
    /// <returns>Null if it is not that.</returns>
    public static PackageSelector? Parse(string text, bool prerelease = false)
    {
        var (id, version) = text.Split('@', 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (text.Trim(), "*");
        if (prerelease && version.EndsWith('*') && !version.Contains('-'))
            version += "-*";
        var wish = new PackageSelector(id, version);
        return PackageRequest.Parse($"{id}, {version}") is not null && PackageRequest.Parse($"{id}, {wish.Range}") is not null ? wish : null;
    }

    /// <summary>What an update of it asks for: what was wished, or after one exact version the newest.</summary>
    public PackageSelector Next() => PackageVersion.Parse(Version) is { } exact ? new(Id, exact.IsPrerelease ? "*-*" : "*") : this;

    /// <summary>The same as a request to NuGet.</summary>
    public PackageRequest Request => new(Id, Range);

    /// <summary>True if a version that was found is one of those that were wished.</summary>
    public bool Allows(string version) => Floor() is not { } floor || PackageVersion.Parse(version) is { } found && found.CompareTo(floor) >= 0;

    /// <inheritdoc/>
    public override string ToString() => Version is "*" ? Id : $"{Id}@{Version}";

    // NuGet takes the lowest of a range, which is right for a library and wrong for who asks for a plugin; and '1.2.3' means 'at least' to it.
    string Range => PackageVersion.Parse(Version) is not null ? $"[{Version}]"
        : Span().Match(Version) is { Success: true } span ? span.Groups["end"].Value is { Length: > 0 } end ? $"[{Any}, {end}{span.Groups["close"].Value}" : Any
        : Version;

    string Any => Version.Contains('-') ? "*-*" : "*";

    PackageVersion? Floor() => Span().Match(Version) is { Success: true } span ? PackageVersion.Parse(span.Groups["begin"].Value) : null;

    [GeneratedRegex(@"\A[\[(]\s*(?<begin>[^,\s]*)\s*,\s*(?<end>[^,\s]*)\s*(?<close>[\])])\z")]
    private static partial Regex Span();
}
