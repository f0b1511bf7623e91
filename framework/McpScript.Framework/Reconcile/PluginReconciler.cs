using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Registry;
using McpScript.Sources;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging;

namespace McpScript.Reconcile;

/// <summary>Keeps the registry in step with the plugin folders: one look at the disk is one change set.</summary>
sealed partial class PluginReconciler(
    PluginRegistry registry, PluginSources sources, DesiredPlugins wanted, Func<IReadOnlyList<string>> roots, TimeProvider time, ILoggerFactory loggers)
{
    // More than a person saves at once: a checkout, a start. Those come to rest later, and there is all to do at once anyway.
    const int MostExpected = 4;

    readonly FileHashCache _readings = new(time);
    readonly DeletionDebounce _grace = new(time);
    readonly UnavailableFolders _outages = new(loggers.CreateLogger<UnavailableFolders>());
    readonly ILogger _log = loggers.CreateLogger<PluginReconciler>();
    readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Told after each look, with what it led to.</summary>
    public event Action<ImmutableArray<ChangeResult>>? Looked;

    /// <summary>The folders at the last scan.</summary>
    internal FolderState State { get; private set; } = FolderState.Unknown;

    /// <summary>When to look again even without a hint; null if nothing is waited for.</summary>
    public TimeSpan? LookAgain => _grace.NextCheck;

    /// <summary>Looks at the disk once and makes the registry follow.</summary>
    /// <param name="touched">Paths that are read anew even if they look unchanged.</param>
    /// <param name="refresh">Plugins that need a new generation for another reason than their files, such as their settings.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <param name="seenAt">When what led to it was seen.</param>
    public async Task<ImmutableArray<ChangeResult>> LookAsync(
        IReadOnlySet<string> touched, IReadOnlySet<PluginReference> refresh, CancellationToken cancellationToken, DateTimeOffset? seenAt = null)
    {
        var changes = Changes(touched, refresh, [], out var settling, out var plan);
        // What a person has saved is mostly at rest already: by the time that is sure, it can be compiled.
        if (changes.Count is > 0 and <= MostExpected)
        {
            var places = sources.Look();
            foreach (var change in changes.Where(change => change.Kind == PluginChangeKind.Refresh))
                places.Expect(change.Reference);
        }
        // After a build has settled there is more to see than before: files that came later, a DLL that turned out to be only a dependency.
        if (await settling.WaitAsync(_readings, cancellationToken))
            changes = Changes(touched, refresh, settling.Gone, out settling, out plan);
        changes = StillOffered(changes, settling);
        if (seenAt is { } seen && settling.Written is { } written)
            Measured(seen - written, time.GetUtcNow() - seen);
        var results = changes.Count > 0 ? await registry.ReconcileAsync(changes, change => IsCurrent(change, plan), cancellationToken) : [];
        Looked?.Invoke(results);
        return results;
    }

    /// <summary>All files whose change matters now.</summary>
    public IReadOnlyCollection<string> Files() =>
        [.. registry.Plugins.SelectMany(plugin => plugin.Files).Concat(registry.Failures.SelectMany(failure => failure.Files)).Select(file => file.Path).Distinct()];

    // What was renamed or deleted since it was found has a hint of its own, and is believed only after a while. Asked of the sources: a package, or a place
    // that the configuration names, may be offered without its files.
    IReadOnlyList<PluginChange> StillOffered(IReadOnlyList<PluginChange> changes, Settling settling)
    {
        if (changes.Count == 0)
            return changes;
        var offered = sources.Find().Plugins.Select(location => location.Reference).ToHashSet();
        return [.. changes.Where(change => !settling.HasVanished(change.Reference, offered))];
    }

    // A change made by hand may have come in between; it asks for a scan of its own.
    bool IsCurrent(PluginChange change, ReconcilePlan plan) =>
        registry.GenerationOf(change.Reference) == plan.Loaded(change.Reference)?.Generation
        && !(change.Kind == PluginChangeKind.Unload && plan.Place(change.Reference) is not null && wanted.IsWantedByHand(change.Reference));

    IReadOnlyList<PluginChange> Changes(
        IReadOnlySet<string> touched, IReadOnlySet<PluginReference> refresh, IReadOnlyCollection<PluginReference> alreadyGone, out Settling settling, out ReconcilePlan plan)
    {
        var available = sources.Find();
        var loaded = registry.Plugins;
        var folders = roots();
        var away = _outages.Look(folders);
        var view = plan = new ReconcilePlan(available, wanted.From(available, loaded.Select(plugin => new PluginReference(plugin.Name))), loaded, registry.Failures, away, refresh);
        State = StateOf(folders, away, available);
        TellOnce(view);
        var missing = view.Missing();
        IReadOnlyCollection<PluginReference> gone = [.. _grace.Believe([.. missing.Except(alreadyGone)]), .. missing.Intersect(alreadyGone)];
        foreach (var failed in gone.Where(reference => view.Loaded(reference) is null))
            registry.ForgetFailure(failed);
        var changed = new HashSet<string>(StringComparer.Ordinal);
        var changes = view.Changes(gone, isWaiting: _grace.NextCheck is not null, HasChanged);
        settling = new(changed, [.. changes.Select(change => view.Place(change.Reference)).OfType<PluginLocation>()], gone);
        return changes;

        bool HasChanged(SourceFile file)
        {
            if (!_readings.HasChanged(file, touched.Contains(file.Path)))
                return false;
            changed.Add(file.Path);
            return true;
        }
    }

    FolderState StateOf(IReadOnlyList<string> folders, IReadOnlySet<string> away, AvailablePlugins available)
    {
        var used = available.Plugins.Select(location => location.Root).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Unread = [.. folders.Where(_outages.IsUnread)],
            Lost = [.. folders.Where(folder => away.Contains(folder) && !_outages.IsUnread(folder))],
            Empty = wanted.IsNone ? [] : [.. folders.Where(folder => !away.Contains(folder) && !used.Contains(folder))],
        };
    }

    // The part of a change's way that the registry does not see.
    void Measured(TimeSpan unseen, TimeSpan settling)
    {
        // The file system's clock is the kernel's tick, which is behind; an event that is "before" the write came at once.
        unseen = unseen < TimeSpan.Zero ? TimeSpan.Zero : unseen;
        Instruments.Stage("event", unseen);
        Instruments.Stage("settle", settling);
        Settled(unseen.TotalMilliseconds, settling.TotalMilliseconds);
    }

    void TellOnce(ReconcilePlan view)
    {
        foreach (var (hidden, by) in view.Available.Shadowed)
            if (_told.Add(hidden.Path))
                Shadowed(hidden.Path, by.Path);
        foreach (var overlooked in sources.Overlooked().Where(path => path.IsMistake && !path.IsLogged))
            if (_told.Add(overlooked.Path))
                NoPlugin(overlooked.Path, overlooked.Reason);
        if (!wanted.IsListed)
            return;
        foreach (var location in view.Available.Plugins)
            if (!view.IsWanted(location.Reference) && wanted.IsEnabled(location.Reference) && view.Loaded(location.Reference) is null && _told.Add(location.Path))
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
