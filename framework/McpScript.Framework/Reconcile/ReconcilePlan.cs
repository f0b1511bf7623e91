using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Reconcile;

/// <summary>Computes the change set from one scan: compares disk, desired plugins and registry. Pure: reads nothing but its arguments.</summary>
/// <param name="available">Plugins that the scan found.</param>
/// <param name="wanted">Plugins that should be loaded, in load order.</param>
/// <param name="loaded">Plugins that are loaded.</param>
/// <param name="failures">Failures of the last attempts.</param>
/// <param name="awayRoots">Plugin folders that are unavailable.</param>
/// <param name="refresh">Plugins whose settings changed with the configuration; null if the configuration has not changed.</param>
sealed class ReconcilePlan(
    ImmutableArray<PluginLocation> available, ImmutableArray<PluginReference> wanted, ImmutableArray<PluginSummary> loaded,
    ImmutableArray<PluginFailure> failures,
    IReadOnlySet<string> awayRoots, IReadOnlySet<PluginReference>? refresh)
{
    readonly Dictionary<PluginReference, PluginLocation> _available = available.ToDictionary(location => location.Reference);
    readonly Dictionary<PluginReference, PluginSummary> _loaded = loaded.ToDictionary(plugin => plugin.Reference);
    readonly Dictionary<PluginReference, PluginFailure> _failures = failures.ToDictionary(failure => failure.Reference);
    readonly HashSet<PluginReference> _desired = [.. wanted];

    /// <summary>True if a plugin should be loaded.</summary>
    public bool IsDesired(PluginReference reference) => _desired.Contains(reference);

    /// <summary>The loaded plugin of a name; null if none is.</summary>
    public PluginSummary? Loaded(PluginReference reference) => _loaded.GetValueOrDefault(reference);

    /// <summary>Loaded or failed plugins whose main file is missing, except those of a folder that is unavailable as a whole.</summary>
    public IReadOnlyCollection<PluginReference> Missing() =>
    [
        .. _loaded.Where(entry =>
                !_available.ContainsKey(entry.Key) && !IsAway(entry.Value.Path) && !awayRoots.Contains(entry.Value.Root))
            .Select(entry => entry.Key),
        .. _failures.Where(entry => entry.Value.Stage != PluginStage.Resolve && !_available.ContainsKey(entry.Key) && !_loaded.ContainsKey(entry.Key)
            && !entry.Value.Files.Any(file => IsAway(file.Path))).Select(entry => entry.Key),
    ];

    /// <summary>Computes the change set.</summary>
    /// <param name="gone">Missing plugins that count as deleted.</param>
    /// <param name="isWaiting">True while other missing plugins may reappear: then new names wait too, so that a renamed file is one change.</param>
    /// <param name="hasChanged">True if a file differs from what was read.</param>
    public IReadOnlyList<PluginChange> Changes(IReadOnlyCollection<PluginReference> gone, bool isWaiting, Func<SourceFile, bool> hasChanged)
    {
        var leaving = _loaded.Keys.Where(reference => gone.Contains(reference) || !IsDesired(reference)).ToHashSet();
        var coming = wanted.Where(reference => !leaving.Contains(reference) && NeedsLoad(reference, isWaiting, hasChanged)).ToHashSet();
        // A plugin that lost a name to one that changes now may win it, and so may one that lost a name to that plugin.
        while (wanted.Where(MayWin).ToList() is { Count: > 0 } freed)
            coming.UnionWith(freed);
        return
        [
            .. leaving.Select(reference => new PluginChange(reference, PluginChangeKind.Unload)),
            .. wanted.Where(coming.Contains).Select(reference => new PluginChange(reference, PluginChangeKind.Refresh)),
        ];

        bool MayWin(PluginReference reference) => _available.ContainsKey(reference) && !leaving.Contains(reference) && !coming.Contains(reference)
            && Blockers(reference).Any(blocker => leaving.Contains(blocker) || coming.Contains(blocker));
    }

    bool NeedsLoad(PluginReference reference, bool isWaiting, Func<SourceFile, bool> hasChanged)
    {
        var place = _available.GetValueOrDefault(reference);
        var failure = _failures.GetValueOrDefault(reference);
        if (_loaded.TryGetValue(reference, out var plugin))
        {
            if (place is null)
                return false;
            // Compare with the failed attempt, which is newer; compared with the served generation, a broken edit would be compiled again at every scan.
            // An attempt that did not find the plugin has read no files: it is repeated because there is a location now.
            return place.Path != (failure is null ? plugin.Path : failure.Path) || IsToRefresh(reference, place, failure)
                || Any(failure?.Files ?? plugin.Files, hasChanged) || IsFreed(failure);
        }
        if (failure is null)
            return place is null || !isWaiting;
        if (place is null)
            return false;
        return place.Path != failure.Path || failure.Stage != PluginStage.Resolve && IsToRefresh(reference, place, failure)
            || Any(failure.Files, hasChanged) || IsFreed(failure);
    }

    bool IsToRefresh(PluginReference reference, PluginLocation place, PluginFailure? failure) =>
        refresh is not null && (HasNewSettings(reference, place, refresh) || LacksGroup(failure));

    // Settings of a package may be under the last part of its name.
    static bool HasNewSettings(PluginReference reference, PluginLocation place, IReadOnlySet<PluginReference> changed) => changed.Contains(reference)
        || place.Kind == PluginKinds.Package && changed.Any(other => string.Equals(other.Name, reference.LastPart, StringComparison.OrdinalIgnoreCase));

    // The new configuration may have the gate group that guards a tool of the plugin.
    static bool LacksGroup(PluginFailure? failure) =>
        failure is not null && failure.Problems.Any(problem => problem.Code == GuardException.ProblemCode);

    [SuppressMessage("Performance", "CA1827:Do not use Count() when Any() can be used",
        Justification = "Every changed file must be seen, to wait until all of them have settled.")]
    static bool Any(ImmutableArray<SourceFile> files, Func<SourceFile, bool> hasChanged) => files.Count(hasChanged) > 0;

    IEnumerable<PluginReference> Blockers(PluginReference reference) =>
        _failures.TryGetValue(reference, out var failure) ? failure.BlockedBy : [];

    // The owner of a contested name is a newer generation than the one that won, or is not loaded any more.
    bool IsFreed(PluginFailure? failure) =>
        failure is not null && failure.BlockedBy.Any(blocker => !_loaded.TryGetValue(blocker, out var owner) || owner.LoadedAt > failure.At);

    bool IsAway(string path) => awayRoots.Any(root => path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal));
}
