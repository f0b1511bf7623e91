using System.Collections.Frozen;
using McpScript.FileSystem;
using McpScript.Registry;
using Microsoft.Extensions.Logging;

namespace McpScript.Reconcile;

/// <summary>Looks at the plugin folders again whenever something hints at a change: files, the configuration, or a change made by hand.</summary>
sealed partial class ReconcileLoop : IAsyncDisposable
{
    readonly PluginReconciler _sync;
    readonly FileWatcher _hints;
    readonly PluginRegistry _registry;
    readonly IConfigurationReload _configuration;
    readonly Func<IReadOnlyList<string>> _roots;
    readonly ILogger _log;
    readonly CancellationTokenSource _stop = new();
    Task _watching = Task.CompletedTask;

    /// <summary>Watches nothing before <see cref="Start"/>.</summary>
    public ReconcileLoop(
        PluginReconciler sync, FileWatcher hints, PluginRegistry registry, IConfigurationReload configuration, Func<IReadOnlyList<string>> roots, ILogger<ReconcileLoop> log)
    {
        (_sync, _hints, _registry, _configuration, _roots, _log) = (sync, hints, registry, configuration, roots, log);
        _registry.Changed += OnChanged;
    }

    /// <summary>Begins to watch; what changed since the last look is seen.</summary>
    public void Start()
    {
        Arm();
        _hints.Raise();
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>Scans now, without a hint from the disk.</summary>
    public void Scan() => _hints.Raise();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _registry.Changed -= OnChanged;
        await _stop.CancelAsync();
        await _watching;
        await _hints.DisposeAsync();
        _stop.Dispose();
    }

    async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var hint = await _hints.WaitAsync(_sync.LookAgain, _stop.Token);
                await _sync.LookAsync(hint.Paths.ToFrozenSet(StringComparer.Ordinal), await _configuration.LookAsync(_stop.Token), _stop.Token, hint.SeenAt);
                Arm();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A disk that fails under our hands, or a bug of ours: the watch outlives both, and the next hint tries again.
                LookFailed(e);
            }
        }
    }

    void Arm() => _hints.Watch(_roots(), [.. _sync.Files(), .. _configuration.Files]);

    // A plugin loaded or unloaded by hand brings files to watch and may free a name for another.
    void OnChanged(RegistryChanged change)
    {
        if (!change.IsReconciled)
            _hints.Raise();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking at the plugin folders failed; it is tried again at the next change.")]
    partial void LookFailed(Exception cause);
}
