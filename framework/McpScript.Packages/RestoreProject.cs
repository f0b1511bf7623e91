using System.Xml.Linq;

namespace McpScript.Packages;

/// <summary>The project that is made to have packages restored; nothing is ever built from it.</summary>
static class RestoreProject
{
    /// <summary>Its text.</summary>
    /// <param name="requests">The packages.</param>
    /// <param name="sources">Where to get them.</param>
    /// <param name="unpacked">The folder that packages are unpacked into.</param>
    /// <param name="lockFile">Where exact versions and hashes are kept; what it says is kept to. Null for nowhere.</param>
    public static string Text(IEnumerable<PackageRequest> requests, RestoreSources sources, string unpacked, string? lockFile) => new XElement(
        "Project",
        // Before the SDK's own part: no Directory.Build.props above our folder has a say.
        Properties(("ImportDirectoryBuildProps", "false"), ("ImportDirectoryBuildTargets", "false"), ("ImportDirectoryPackagesProps", "false")),
        Import("Sdk.props"),
        Properties(
            ("TargetFramework", $"net{Environment.Version.Major}.0"),
            ("RuntimeIdentifier", RuntimeNames.Here[0]),
            ("SelfContained", "false"),
            ("UseAppHost", "false"),
            ("RestorePackagesPath", Escaped(unpacked)),
            ("RestorePackagesWithLockFile", lockFile is null ? null : "true"),
            ("NuGetLockFilePath", lockFile is null ? null : Escaped(lockFile)),
            ("RestoreLockedMode", File.Exists(lockFile) ? "true" : null),
            ("DisableTransitiveFrameworkReferenceDownloads", "true"),
            ("NuGetAudit", "false"),
            ("RestoreSources", sources.Only is { } only ? string.Join(';', only.Select(Escaped)) : null),
            ("RestoreAdditionalProjectSources", sources.Besides.IsEmpty ? null : string.Join(';', sources.Besides.Select(Escaped)))),
        new XElement("ItemGroup", requests.Select(request => new XElement("PackageReference", new XAttribute("Include", request.Id), new XAttribute("Version", request.Version)))),
        Import("Sdk.targets")).ToString();

    static XElement Properties(params ReadOnlySpan<(string Name, string? Value)> properties)
    {
        var group = new XElement("PropertyGroup");
        foreach (var (name, value) in properties)
            if (value is not null)
                group.Add(new XElement(name, value));
        return group;
    }

    // A path or address that somebody gave means itself, whatever it would mean to MSBuild: $(…) would be evaluated.
    static string Escaped(string text) => string.Concat(text.Select(c => "%$@'();?*".Contains(c) ? $"%{(int)c:X2}" : $"{c}"));

    static XElement Import(string file) => new("Import", new XAttribute("Project", file), new XAttribute("Sdk", "Microsoft.NET.Sdk"));
}
