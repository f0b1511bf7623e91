using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Registry;
using McpScript.Sources;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging;

namespace McpScript.Reconcile;

/// <summary>Applies changes in the plugin folders to the registry: one scan of the disk makes one change set.</summary>
/// <param name="registry">Loads, reloads and unloads plugins.</param>
/// <param name="sources">Find the plugins.</param>
/// <param name="reader">Detects changed files, and waits until they are stable.</param>
/// <param name="desired">Plugins that should be loaded.</param>
/// <param name="loggers">Logs plugins that are skipped or shadowed, each once.</param>
/// <param name="time">The clock of the debounce.</param>
sealed partial class PluginReconciler(
    PluginRegistry registry, PluginSources sources, StableReader reader, DesiredPlugins desired, ILoggerFactory loggers, TimeProvider time)
{
    readonly DeletionDebounce _debounce = new(time);
    readonly UnavailableFolders _unavailable = new(loggers.CreateLogger<UnavailableFolders>());
    readonly ILogger _log = loggers.CreateLogger<PluginReconciler>();
    readonly HashSet<string> _logged = new(StringComparer.Ordinal);

    /// <summary>Raised after each scan with the results of its changes.</summary>
    public event Action<ImmutableArray<ChangeResult>>? Scanned;

    /// <summary>The folders at the last scan.</summary>
    internal FolderState State { get; private set; } = FolderState.Unknown;

    /// <summary>Time until the next scan that is needed even without an event; null if none is.</summary>
    public TimeSpan? NextScan => _debounce.NextCheck;

    /// <summary>Scans the disk once and applies the changes.</summary>
    /// <param name="touched">Paths that are read again even if they look unchanged.</param>
    /// <param name="refresh">Plugins whose settings changed with the configuration; null if the configuration has not changed.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    /// <param name="seenAt">When the event that led to it was seen; null for a scan without one.</param>
    public async Task<ImmutableArray<ChangeResult>> ScanAsync(
        IReadOnlySet<string> touched, IReadOnlySet<PluginReference>? refresh, CancellationToken cancellationToken, DateTimeOffset? seenAt = null)
    {
        var scan = Plan(touched, refresh, alreadyDeleted: []);
        // Scan once more after a wait: files may have been added, a DLL may turn out to be a dependency, and an empty file may have its
        // previous text again.
        if (await reader.SettleAsync(scan.Snapshot, scan.Loading, scan.ChangedFiles, cancellationToken))
            scan = Plan(touched, refresh, scan.Deleted);
        if (seenAt is { } seen && scan.LastWrite is { } written)
            Measured(seen - written, time.GetUtcNow() - seen);
        var results = scan.Changes.IsEmpty ? [] : await registry.ReconcileAsync(scan.Changes, scan.Snapshot, scan.Loaded, cancellationToken);
        Scanned?.Invoke(results);
        return results;
    }

    /// <summary>All files whose changes may change a plugin or cure a failure.</summary>
    public IReadOnlyCollection<string> Files() =>
        [
            .. registry.Plugins.SelectMany(plugin => plugin.Files).Concat(registry.Failures.SelectMany(failure => failure.Files))
                .Select(file => file.Path).Distinct(),
        ];

    PlannedScan Plan(IReadOnlySet<string> touched, IReadOnlySet<PluginReference>? refresh, IReadOnlyCollection<PluginReference> alreadyDeleted)
    {
        var snapshot = sources.Scan();
        var away = _unavailable.Update(snapshot.Folders);
        var loaded = registry.Plugins;
        var plan = new ReconcilePlan(
            snapshot.Plugins, desired.From(snapshot.Plugins, loaded.Select(plugin => plugin.Reference)), loaded, registry.Failures, away, refresh);
        State = StateOf(snapshot, away);
        LogOnce(snapshot, plan);
        var missing = plan.Missing();
        IReadOnlyCollection<PluginReference> deleted = [.. _debounce.Confirm([.. missing.Except(alreadyDeleted)]), .. missing.Intersect(alreadyDeleted)];
        foreach (var failed in deleted.Where(reference => plan.Loaded(reference) is null))
            registry.ForgetFailure(failed);
        var changed = new HashSet<string>(StringComparer.Ordinal);
        var changes = plan.Changes(deleted, isWaiting: _debounce.NextCheck is not null, HasChanged);
        return new(snapshot, loaded, [.. changes], deleted, changed);

        bool HasChanged(SourceFile file)
        {
            if (!reader.HasChanged(file, touched.Contains(file.Path)))
                return false;
            changed.Add(file.Path);
            return true;
        }
    }

    FolderState StateOf(FolderSnapshot snapshot, IReadOnlySet<string> away)
    {
        var roots = snapshot.Folders.Select(folder => folder.Root).ToList();
        var used = snapshot.Plugins.Select(location => location.Root).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Unread = [.. roots.Where(_unavailable.IsUnread)],
            Lost = [.. roots.Where(root => away.Contains(root) && !_unavailable.IsUnread(root))],
            Empty = desired.IsNone ? [] : [.. roots.Where(root => !away.Contains(root) && !used.Contains(root))],
        };
    }

    // The stages of a change before the registry.
    void Measured(TimeSpan unseen, TimeSpan settling)
    {
        // The file system's timestamps have the kernel's tick and may lag: an event "before" the write counts as immediate.
        unseen = unseen < TimeSpan.Zero ? TimeSpan.Zero : unseen;
        Instruments.Stage("event", unseen);
        Instruments.Stage("settle", settling);
        Settled(unseen.TotalMilliseconds, settling.TotalMilliseconds);
    }

    void LogOnce(FolderSnapshot snapshot, ReconcilePlan plan)
    {
        foreach (var (hidden, by) in snapshot.Shadowed)
            if (_logged.Add(hidden.Path))
                Shadowed(hidden.Path, by.Path);
        foreach (var overlooked in snapshot.Overlooked.Where(path => path.IsMistake && !path.IsLogged))
            if (_logged.Add(overlooked.Path))
                NoPlugin(overlooked.Path, overlooked.Reason);
        if (!desired.IsListed)
            return;
        var unlisted = snapshot.Plugins.Where(
            location => !plan.IsDesired(location.Reference) && desired.IsEnabled(location.Reference) && plan.Loaded(location.Reference) is null);
        foreach (var location in unlisted)
            if (_logged.Add(location.Path))
                NotLoaded(location.Reference.Name, location.Path);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A change on disk: event {Event:0.0} ms after the write, settle {Settle:0.0} ms.")]
    partial void Settled(double @event, double settle);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Hidden}' is hidden by '{By}', which has the same name. Rename one of them.")]
    partial void Shadowed(string hidden, string by);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Path}' is not loaded. {Reason}")]
    partial void NoPlugin(string path, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin '{Plugin}' is available at {Path}, and not loaded: it is not in the autoload list.")]
    partial void NotLoaded(string plugin, string path);
}
