using System.Collections.Frozen;
using McpScript.FileSystem;
using McpScript.Registry;
using Microsoft.Extensions.Logging;

namespace McpScript.Reconcile;

/// <summary>Scans the plugin folders after each event that may mean a change: of files, of the configuration, or a change made by hand.</summary>
sealed partial class ReconcileLoop : IAsyncDisposable
{
    readonly PluginReconciler _reconciler;
    readonly FileWatcher _watcher;
    readonly PluginRegistry _registry;
    readonly LiveConfiguration _configuration;
    readonly Func<IReadOnlyList<string>> _roots;
    readonly ILogger _log;
    readonly CancellationTokenSource _stop = new();
    Task _watching = Task.CompletedTask;

    /// <summary>Creates a loop that watches nothing before <see cref="Start"/>.</summary>
    public ReconcileLoop(
        PluginReconciler reconciler, FileWatcher watcher, PluginRegistry registry, LiveConfiguration configuration, Func<IReadOnlyList<string>> roots,
        ILogger<ReconcileLoop> log)
    {
        (_reconciler, _watcher, _registry, _configuration, _roots, _log) = (reconciler, watcher, registry, configuration, roots, log);
        _registry.Changed += OnChanged;
    }

    /// <summary>Starts watching; changes since the last scan are found too.</summary>
    public void Start()
    {
        Arm();
        _watcher.Raise();
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>Scans now, without an event.</summary>
    public void Scan() => _watcher.Raise();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _registry.Changed -= OnChanged;
        await _stop.CancelAsync();
        await _watching;
        await _watcher.DisposeAsync();
        _stop.Dispose();
    }

    async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var changes = await _watcher.WaitAsync(_reconciler.NextScan, _stop.Token);
                var refresh = await _configuration.ReloadAsync(_stop.Token);
                await _reconciler.ScanAsync(changes.Paths.ToFrozenSet(StringComparer.Ordinal), refresh, _stop.Token, changes.SeenAt);
                Arm();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A failing disk or a bug: keep watching, and try again at the next event.
                ScanFailed(e);
            }
        }
    }

    void Arm() => _watcher.Watch(_roots(), [.. _reconciler.Files(), .. _configuration.Files]);

    // A plugin loaded or unloaded by hand adds files to watch and may free a name for another.
    void OnChanged(RegistryChanged change)
    {
        if (!change.IsReconciled)
            _watcher.Raise();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The scan of the plugin folders failed; the next change starts another.")]
    partial void ScanFailed(Exception cause);
}
