using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Registry;
using McpScript.Sources;

namespace McpScript.Reconcile;

/// <summary>One scan with the changes that follow from it.</summary>
/// <param name="Snapshot">The plugins that it found.</param>
/// <param name="Loaded">The plugins that were loaded then.</param>
/// <param name="Changes">The change set.</param>
/// <param name="Deleted">Plugins that count as deleted.</param>
/// <param name="ChangedFiles">Files that differ from what was read.</param>
sealed record PlannedScan(
    FolderSnapshot Snapshot, ImmutableArray<PluginSummary> Loaded, ImmutableArray<PluginChange> Changes, IReadOnlyCollection<PluginReference> Deleted,
    IReadOnlySet<string> ChangedFiles)
{
    /// <summary>The plugins that are about to be loaded.</summary>
    public IEnumerable<PluginReference> Loading => Changes.Where(change => change.Kind == PluginChangeKind.Refresh).Select(change => change.Reference);

    /// <summary>Time when the last of the changed files was written; null if there is none, or it was deleted.</summary>
    public DateTimeOffset? LastWrite => ChangedTimes().DefaultIfEmpty().Max() is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    IEnumerable<long> ChangedTimes() => ChangedFiles.Select(FileStat.Of).Where(stat => stat.Kind == FileKind.File).Select(stat => stat.Changed);
}
