using System.Collections.Immutable;
using System.Xml.Linq;

namespace McpScript.Packages;

/// <summary>The project that is made to have packages restored; nothing is ever built from it.</summary>
static class RestoreProject
{
    /// <summary>Its text.</summary>
    /// <param name="requests">The packages.</param>
    /// <param name="sources">Where to get them; null for the machine's sources.</param>
    /// <param name="store">The folder that packages are unpacked into.</param>
    /// <param name="lockFile">Where exact versions and hashes are kept; what it says is kept to.</param>
    public static string Text(IEnumerable<PackageRequest> requests, ImmutableArray<string>? sources, string store, string lockFile) => new XElement(
        "Project",
        // Before the SDK's own part: no Directory.Build.props above our folder has a say.
        Properties(("ImportDirectoryBuildProps", "false"), ("ImportDirectoryBuildTargets", "false"), ("ImportDirectoryPackagesProps", "false")),
        Import("Sdk.props"),
        Properties(
            ("TargetFramework", $"net{Environment.Version.Major}.0"),
            ("RuntimeIdentifier", RuntimeNames.Here[0]),
            ("SelfContained", "false"),
            ("UseAppHost", "false"),
            ("RestorePackagesPath", store),
            ("RestorePackagesWithLockFile", "true"),
            ("NuGetLockFilePath", lockFile),
            ("RestoreLockedMode", File.Exists(lockFile) ? "true" : "false"),
            ("DisableTransitiveFrameworkReferenceDownloads", "true"),
            ("NuGetAudit", "false"),
            // "1.2.3 was not found, so 1.3.0 was taken" is not what was asked for.
            ("WarningsAsErrors", "NU1603"),
            sources is { } some ? ("RestoreSources", string.Join(';', some)) : default),
        new XElement("ItemGroup", requests.Select(request => new XElement("PackageReference", new XAttribute("Include", request.Id), new XAttribute("Version", request.Version)))),
        Import("Sdk.targets")).ToString();

    static XElement Properties(params ReadOnlySpan<(string Name, string Value)> properties)
    {
        var group = new XElement("PropertyGroup");
        foreach (var (name, value) in properties)
            if (name is not null)
                group.Add(new XElement(name, value));
        return group;
    }

    static XElement Import(string file) => new("Import", new XAttribute("Project", file), new XAttribute("Sdk", "Microsoft.NET.Sdk"));
}
