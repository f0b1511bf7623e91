using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>Result of one scan: every plugin that can be loaded, with its source. One change is planned, built and checked with it. Immutable.</summary>
sealed class FolderSnapshot
{
    readonly Dictionary<PluginReference, (IPluginSource Source, PluginLocation Location)> _found = [];

    /// <summary>Creates a snapshot; the first source wins a contested name.</summary>
    /// <param name="folders">The plugin folders as they were read.</param>
    /// <param name="findings">The sources with their findings, the strongest first.</param>
    public FolderSnapshot(ImmutableArray<FolderListing> folders, IReadOnlyList<(IPluginSource Source, SourceFindings Findings)> findings)
    {
        var shadowed = ImmutableArray.CreateBuilder<(PluginLocation Hidden, PluginLocation By)>();
        var plugins = ImmutableArray.CreateBuilder<PluginLocation>();
        foreach (var (source, found) in findings)
            foreach (var location in found.Plugins)
                if (_found.TryAdd(location.Reference, (source, location)))
                    plugins.Add(location);
                else if (_found[location.Reference].Location is var winner && winner.Path != location.Path)
                    shadowed.Add((location, winner));
        (Folders, Plugins, Shadowed) = (folders, plugins.ToImmutable(), shadowed.ToImmutable());
        Overlooked = [.. findings.SelectMany(finding => finding.Findings.Overlooked)];
    }

    /// <summary>The plugin folders as they were read.</summary>
    public ImmutableArray<FolderListing> Folders { get; }

    /// <summary>The plugins that can be loaded, each name once, the strongest source first.</summary>
    public ImmutableArray<PluginLocation> Plugins { get; }

    /// <summary>Plugins that a stronger source hides, each with the one that hides it.</summary>
    public ImmutableArray<(PluginLocation Hidden, PluginLocation By)> Shadowed { get; }

    /// <summary>Files and folders that look like a plugin and are none.</summary>
    public ImmutableArray<OverlookedPath> Overlooked { get; }

    /// <summary>The location of a plugin; null if there is none of that name.</summary>
    public PluginLocation? Find(PluginReference reference) => _found.TryGetValue(reference, out var found) ? found.Location : null;

    /// <summary>
    /// True if the main file of a plugin was renamed or deleted since the scan: that raises another event, and counts as a deletion only after the grace.
    /// </summary>
    public bool HasVanished(PluginReference reference) =>
        Find(reference) is { } location && FileStat.Of(location.Path).Kind == FileKind.Missing && WasListed(location.Path);

    /// <summary>Creates the image of a plugin.</summary>
    /// <exception cref="PluginLoadException">There was no such plugin, or it does not compile.</exception>
    public ValueTask<PluginImage> GetAsync(PluginReference reference, CancellationToken cancellationToken) => _found.TryGetValue(reference, out var found)
        ? found.Source.GetAsync(found.Location, cancellationToken)
        : throw new PluginLoadException(reference, PluginStage.Resolve, [new($"Plugin '{reference}' not found{Cure(reference)}")]);

    // By the entries that the scan has read: packages and configured paths may be found without their file, which is a problem to report.
    bool WasListed(string path) => Folders.Any(folder => folder.Files.Contains(path) || folder.Folders.Contains(Path.GetDirectoryName(path)!));

    // A name with dots looks like that of a package.
    static string Cure(PluginReference reference) => reference.Name.Contains('.') ? $". If it is a package, install it: mcp-proxy install {reference}" : "";
}
