using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Registry;
using McpScript.Sources;

namespace McpScript.Reconcile;

/// <summary>One scan with the changes that follow from it.</summary>
/// <param name="Snapshot">The plugins that it found.</param>
/// <param name="Plan">The comparison with what is loaded.</param>
/// <param name="Changes">The change set.</param>
/// <param name="Deleted">Plugins that count as deleted.</param>
/// <param name="ChangedFiles">Files that differ from what was read.</param>
sealed record PlannedScan(
    FolderSnapshot Snapshot, ReconcilePlan Plan, ImmutableArray<PluginChange> Changes, IReadOnlyCollection<PluginReference> Deleted,
    IReadOnlySet<string> ChangedFiles)
{
    /// <summary>Locations of the plugins in the change set.</summary>
    public ImmutableArray<PluginLocation> Locations { get; } = [.. Changes.Select(change => Plan.Location(change.Reference)).OfType<PluginLocation>()];

    /// <summary>Time when the last of the changed files was written; null if there is none, or it was deleted.</summary>
    public DateTimeOffset? LastWrite => ChangedTimes().DefaultIfEmpty().Max() is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>
    /// The change set without plugins whose main file was renamed or deleted since the scan: that raises another event, and counts as a deletion only after
    /// the grace.
    /// </summary>
    public IReadOnlyList<PluginChange> ChangesStillThere() => [.. Changes.Where(change => change.Kind != PluginChangeKind.Refresh || !HasVanished(change))];

    IEnumerable<long> ChangedTimes() => ChangedFiles.Select(FileStat.Of).Where(stat => stat.Kind == FileKind.File).Select(stat => stat.Changed);

    bool HasVanished(PluginChange change) =>
        Plan.Location(change.Reference) is { } location && FileStat.Of(location.Path).Kind == FileKind.Missing && WasListed(location.Path);

    // By the entries that the scan has read: packages and configured paths may be found without their file, which is a problem to report.
    bool WasListed(string path) => Snapshot.Folders.Any(folder => folder.Files.Contains(path) || folder.Folders.Contains(Path.GetDirectoryName(path)!));
}
