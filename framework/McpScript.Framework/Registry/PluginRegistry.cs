using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.Catalogs;
using McpScript.Model;
using McpScript.Sources;
using McpScript.Unloading;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace McpScript.Registry;

/// <summary>The only writer of the catalog. Thread-safe: change sets run one at a time, readers never wait.</summary>
/// <remarks>A change set builds new generations beside the served ones, swaps the catalog once, and retires the old ones. A failure leaves the catalog
/// unchanged.</remarks>
public sealed class PluginRegistry
{
    readonly ChangeBuilder _builds;
    readonly CurrentCatalog _served;
    readonly Retirement _retirement;
    readonly RegistryLog _log;
    readonly DesiredPlugins _desired;
    readonly TimeProvider _time;
    readonly CatalogWriter _catalog;
    readonly ConcurrentDictionary<PluginReference, PluginFailure> _failures = new();

    internal PluginRegistry(
        ChangeBuilder builds, CatalogWriter catalog, Retirement retirement, DesiredPlugins desired, ILogger<PluginRegistry> log, TimeProvider time)
    {
        (_builds, _catalog, _served, _retirement, _desired, _time) = (builds, catalog, catalog.Served, retirement, desired, time);
        _log = new RegistryLog(log);
        catalog.Changed += lists => Changed?.Invoke(new([], lists));
    }

    /// <summary>Raised after each change set, before its result is returned. Handlers must return quickly.</summary>
    public event Action<RegistryChanged>? Changed;

    /// <summary>The loaded plugins, in load order.</summary>
    public ImmutableArray<PluginSummary> Plugins => [.. _served.Catalog.Plugins.Select(PluginSummary.Of)];

    /// <summary>Plugins whose last load failed.</summary>
    public ImmutableArray<PluginFailure> Failures => [.. _failures.Values.OrderBy(failure => failure.Reference.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Generations that are no longer served and not collected yet.</summary>
    public IReadOnlyList<RetiredGeneration> Retired => _retirement.Generations;

    /// <summary>Load contexts not yet collected, those of loaded plugins included.</summary>
    public int LiveGenerations => _retirement.LiveGenerations;

    /// <summary>The names of all plugins' tools, in listing order; the host's own are not among them.</summary>
    public ImmutableArray<string> AllTools => [.. _served.Catalog.Tools.Items.Where(item => item.Owner is not null).Select(item => item.Id)];

    /// <summary>The URIs of all resources and the URI templates served, in listing order.</summary>
    public ImmutableArray<string> AllResources => [.. _served.Catalog.Resources.Items.Concat(_served.Catalog.Templates.Items).Select(item => item.Id)];

    /// <summary>The names of all prompts served, in listing order.</summary>
    public ImmutableArray<string> AllPrompts => [.. _served.Catalog.Prompts.Items.Select(item => item.Id)];

    /// <summary>The name of the plugin that offers a tool, or null.</summary>
    public string? FindToolOwner(string tool) => _served.Catalog.Tools.TryGet(tool, out var item) ? item.Owner?.Reference.Name : null;

    /// <summary>Counts, and the items of each plugin.</summary>
    public RegistrySummary GetSummary() => RegistrySummary.Of(Plugins, Failures, Retired, LiveGenerations);

    /// <summary>Loads a plugin by name.</summary>
    public Task<ChangeResult> LoadAsync(string name, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, PluginChangeKind.Load, cancellationToken);

    /// <summary>Unloads a plugin by name; its running calls finish first.</summary>
    public Task<ChangeResult> UnloadAsync(string name, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, PluginChangeKind.Unload, cancellationToken);

    /// <summary>Creates a new generation of a loaded plugin, whether or not its files have changed.</summary>
    public Task<ChangeResult> ReloadAsync(string name, CancellationToken cancellationToken = default) =>
        ChangeAsync(name, PluginChangeKind.Reload, cancellationToken);

    /// <summary>Applies several changes as one: one swap, one notification for each list; only plugins that fail fall back.</summary>
    /// <returns>A result for each change, in their order.</returns>
    public async Task<ImmutableArray<ChangeResult>> ApplyAsync(IReadOnlyList<PluginChange> changes, CancellationToken cancellationToken = default)
    {
        using var turn = await _catalog.Turn.EnterAsync(cancellationToken);
        return await ApplyInTurnAsync(changes, snapshot: null, cancellationToken);
    }

    /// <summary>Applies the changes that a scan of the plugin folders found; changes that are out of date are dropped, without a result.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="snapshot">The scan.</param>
    /// <param name="loaded">The plugins that were loaded when the changes were determined.</param>
    /// <param name="cancellationToken">Cancels the change; nothing has changed then.</param>
    internal async Task<ImmutableArray<ChangeResult>> ReconcileAsync(
        IReadOnlyList<PluginChange> changes, FolderSnapshot snapshot, ImmutableArray<PluginSummary> loaded, CancellationToken cancellationToken)
    {
        using var turn = await _catalog.Turn.EnterAsync(cancellationToken);
        return await ApplyInTurnAsync([.. changes.Where(change => IsCurrent(change, snapshot, loaded))], snapshot, cancellationToken);
    }

    /// <summary>The catalog that is served.</summary>
    internal CurrentCatalog Served => _served;

    // An operator may have changed the plugin since the scan, or deleted its file: either starts another scan.
    bool IsCurrent(PluginChange change, FolderSnapshot snapshot, ImmutableArray<PluginSummary> loaded)
    {
        var reference = change.Reference;
        if (_served.Catalog.Find(reference)?.Generation != loaded.FirstOrDefault(plugin => plugin.Reference.Equals(reference))?.Generation)
            return false;
        return change.Kind == PluginChangeKind.Unload
            ? snapshot.Find(reference) is null || !_desired.IsLoadedByHand(reference)
            : !snapshot.HasVanished(reference);
    }

    async Task<ImmutableArray<ChangeResult>> ApplyInTurnAsync(
        IReadOnlyList<PluginChange> changes, FolderSnapshot? snapshot, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
            return [];
        var started = _time.GetTimestamp();
        var named = new HashSet<PluginReference>();
        var candidates = changes.Select(change => Begin(change, isRepeated: !named.Add(change.Reference))).ToList();
        await _builds.RunAsync(candidates, snapshot, cancellationToken);
        var (lists, swapping, notifying) = Swap(candidates);
        foreach (var candidate in candidates)
            (candidate.Swapping, candidate.Notifying) = (swapping, notifying);
        var results = candidates.Select(candidate => Conclude(candidate, _time.GetElapsedTime(started))).ToImmutableArray();
        Retire(candidates);
        Changed?.Invoke(new(results, lists) { IsReconciled = snapshot is not null });
        return results;
    }

    /// <summary>Builds plugins as one change set and discards them: reports the outcome without serving anything.</summary>
    internal async Task<ImmutableArray<DryRun>> DryRunAsync(IReadOnlyList<PluginReference> plugins, CancellationToken cancellationToken)
    {
        using var turn = await _catalog.Turn.EnterAsync(cancellationToken);
        var candidates = plugins.Select(reference => Begin(new(reference, PluginChangeKind.Load), isRepeated: false)).ToList();
        await _builds.RunAsync(candidates, snapshot: null, cancellationToken);
        CollisionRules.Resolve(_served.Catalog, candidates);
        var dryRuns = candidates.Select(DryRun.Of).ToImmutableArray();
        foreach (var built in candidates.Select(candidate => candidate.Next ?? candidate.Rejected).OfType<Plugin>())
            _retirement.Discard(built);
        return dryRuns;
    }

    /// <summary>Waits for running calls, within the shutdown's deadline, and unloads all plugins.</summary>
    internal async Task ShutdownAsync(ShutdownDeadline end)
    {
        using (await _catalog.Turn.EnterAsync())
        {
            var plugins = _served.Catalog.Plugins;
            _served.Close();
            foreach (var plugin in plugins)
                _ = _retirement.UnloadAsync(plugin);
        }
        await _retirement.FinishAsync(end);
    }

    /// <summary>Adds tools of the host itself, beside those of the plugins.</summary>
    internal Task AddHostToolsAsync(IEnumerable<McpServerTool> tools) => UpdateHostAsync(host => host.With(new() { Tools = [.. tools] }));

    /// <inheritdoc cref="CatalogWriter.UpdateHostAsync"/>
    internal Task UpdateHostAsync(Func<PluginPrimitives, PluginPrimitives> change) => _catalog.UpdateHostAsync(change);

    /// <summary>Removes the failure of a plugin that is not desired any more.</summary>
    public void ForgetFailure(PluginReference reference) => _failures.TryRemove(reference, out _);

    async Task<ChangeResult> ChangeAsync(string name, PluginChangeKind kind, CancellationToken cancellationToken)
    {
        if (!PluginReference.IsValidName(name))
            return new() { Name = name, Kind = kind, Ok = false, Stage = PluginStage.Resolve, Error = PluginReference.InvalidName(name) };
        var reference = new PluginReference(name);
        var hadFailed = _failures.ContainsKey(reference);
        var result = await ChangeByHandAsync(new(reference, kind), cancellationToken);
        if (kind == PluginChangeKind.Load && result.Stage == PluginStage.Resolve)
        {
            // Unknown name (a typo): do not keep it as desired.
            _desired.Forget(reference);
            if (!hadFailed)
                ForgetFailure(reference);
        }
        else if (kind == PluginChangeKind.Unload && !result.Ok)
        {
            // Not desired any more, so its failure must not affect readiness.
            ForgetFailure(reference);
        }
        return result;
    }

    async Task<ChangeResult> ChangeByHandAsync(PluginChange change, CancellationToken cancellationToken)
    {
        using var turn = await _catalog.Turn.EnterAsync(cancellationToken);
        // Under the lock, so that no scan sees a plugin as loaded and not desired, or the reverse, and applies the operator's change before this one does.
        // Recorded whatever the result: a broken plugin that was loaded by hand is tried again when it is repaired.
        if (change.Kind == PluginChangeKind.Unload)
            _desired.KeepUnloaded(change.Reference);
        else if (change.Kind == PluginChangeKind.Load)
            _desired.KeepLoaded(change.Reference);
        return (await ApplyInTurnAsync([change], snapshot: null, cancellationToken))[0];
    }

    PendingChange Begin(PluginChange change, bool isRepeated)
    {
        var old = _served.Catalog.Find(change.Reference);
        return new(change, old)
        {
            Refusal = (change.Kind, old) switch
            {
                // A plugin loaded now would never be unloaded.
                _ when _served.IsClosed => ErrorTexts.ShuttingDown(change.Reference),
                // The second change would have to replace or unload the same generation once more.
                _ when isRepeated => ErrorTexts.Repeated(change.Reference),
                (PluginChangeKind.Load, not null) => ErrorTexts.AlreadyLoaded(change.Reference),
                (PluginChangeKind.Reload, null) => ErrorTexts.NotLoadedUseLoad(change.Reference),
                (PluginChangeKind.Unload, null) => ErrorTexts.NotLoaded(change.Reference),
                _ => null,
            },
        };
    }

    (ListKinds Lists, TimeSpan Swapping, TimeSpan Notifying) Swap(IReadOnlyList<PendingChange> candidates)
    {
        if (!candidates.Any(candidate => candidate.Leaves || candidate.Next is not null))
            return (ListKinds.None, default, default);
        var started = _time.GetTimestamp();
        var next = CollisionRules.Resolve(_served.Catalog, candidates);
        foreach (var candidate in candidates)
            candidate.Next?.Commit();
        var lists = _served.Swap(next);
        var swapped = _time.GetTimestamp();
        _catalog.Clients.Announce(lists);
        return (lists, _time.GetElapsedTime(started, swapped), _time.GetElapsedTime(swapped));
    }

    ChangeResult Conclude(PendingChange candidate, TimeSpan elapsed)
    {
        var result = candidate.ToResult(elapsed);
        if (candidate.Failure is { } failure)
            _failures[candidate.Change.Reference] = new()
            {
                Reference = candidate.Change.Reference, Stage = failure.Stage, Path = candidate.Path, Error = result.Error!,
                Problems = failure.Problems, Files = failure.Files, BlockedBy = [.. candidate.BlockedBy], At = _time.GetLocalNow(),
            };
        else if (candidate.Refusal is null)
            ForgetFailure(candidate.Change.Reference);
        _log.Write(candidate, result);
        return result;
    }

    // In the background: the old generation is notified of its retirement before the new one starts work that needs exclusive resources.
    void Retire(IReadOnlyList<PendingChange> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate.Rejected is { } rejected)
                _retirement.Discard(rejected);
            var notified = Task.CompletedTask;
            if (candidate.Old is { } old && candidate.Next is not null)
                notified = _retirement.ReplaceAsync(old);
            else if (candidate.Old is { } leaving && candidate.Leaves)
            {
                notified = _retirement.UnloadAsync(leaving);
                _builds.ForgetState(candidate.Change.Reference);
            }
            if (candidate.Next is { HasLiveActions: true } next)
                next.Activation = new ActivationRunner(next, _log).AfterAsync(notified);
        }
    }
}
