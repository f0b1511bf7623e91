using System.Xml.Linq;

namespace McpScript.Packages;

/// <summary>Creates the project that is used to restore packages; it is never built.</summary>
static class RestoreProject
{
    /// <summary>Returns the project file.</summary>
    /// <param name="requests">The packages.</param>
    /// <param name="sources">The package sources.</param>
    /// <param name="unpacked">The folder that packages are unpacked into.</param>
    /// <param name="lockFile">The path of NuGet's lock file, which fixes versions and hashes if it exists; null for none.</param>
    public static string Text(IEnumerable<PackageRequest> requests, RestoreSources sources, string unpacked, string? lockFile) => new XElement(
        "Project",
        // Before the SDK's props, so that no Directory.Build.props in a parent folder applies.
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
        new XElement("ItemGroup", requests.Select(Reference)),
        Import("Sdk.targets")).ToString();

    static XElement Properties(params ReadOnlySpan<(string Name, string? Value)> properties)
    {
        var group = new XElement("PropertyGroup");
        foreach (var (name, value) in properties)
            if (value is not null)
                group.Add(new XElement(name, value));
        return group;
    }

    static XElement Reference(PackageRequest request) =>
        new("PackageReference", new XAttribute("Include", request.Id), new XAttribute("Version", request.Version));

    // Escapes all characters with a meaning for MSBuild: $(…) in a path would be evaluated.
    static string Escaped(string text) => string.Concat(text.Select(c => "%$@'();?*".Contains(c) ? $"%{(int)c:X2}" : $"{c}"));

    static XElement Import(string file) => new("Import", new XAttribute("Project", file), new XAttribute("Sdk", "Microsoft.NET.Sdk"));
}
