using McpScript.Catalogs;
using McpScript.FileSystem;
using McpScript.Loading;
using McpScript.Model;
using McpScript.Protocol;
using McpScript.Reconcile;
using McpScript.Registry;
using McpScript.Unloading;

namespace McpScript.Composition;

/// <summary>Life cycle of a server's plugins: loading, serving, watching for changes, and unloading.</summary>
sealed class PluginRuntime : IAsyncDisposable
{
    readonly ServerSetup _setup;
    readonly Retirement _retirement;
    ReconcileLoop? _watch;

    /// <summary>Creates the runtime; no plugin is loaded yet.</summary>
    public PluginRuntime(ServerSetup setup, ServerSources sources, IGuardGroups guards)
    {
        _setup = setup;
        var options = setup.Options.Retirement;
        Desired = new(() => setup.Configuration.Current.Autoload, sources.Settings.IsEnabled);
        Shutdown = new(options.Shutdown, setup.Time);
        Notifier = new(setup.Log<ListChangedNotifier>());
        _retirement = new(options with { ReloadDrain = setup.Config.DrainTimeout }, setup.Time, setup.Log<Retirement>());
        var catalog = new CatalogWriter(Served, Notifier);
        var loader = new InProcessPluginLoader(
            sources.Settings, LoaderOptions(setup, guards), _retirement, new PluginCallbacks(catalog, Notifier), setup.Loggers, setup.Time);
        var builds = new ChangeBuilder(sources.All, setup.Reader, loader, sources.Settings, _retirement, setup.Time);
        Registry = new(builds, catalog, _retirement, Desired, setup.Log<PluginRegistry>(), setup.Time);
        Reconciler = new(Registry, sources.All, setup.Reader, Desired, setup.Loggers, setup.Time);
    }

    /// <summary>The catalog being served.</summary>
    public CurrentCatalog Served { get; } = new();

    /// <summary>Registry of the loaded plugins.</summary>
    public PluginRegistry Registry { get; }

    /// <summary>Plugins that should be loaded.</summary>
    public DesiredPlugins Desired { get; }

    /// <summary>Keeps the registry in step with the plugin folders.</summary>
    public PluginReconciler Reconciler { get; }

    /// <summary>Notifies clients of changed lists and resources.</summary>
    public ListChangedNotifier Notifier { get; }

    /// <summary>Deadline of the shutdown.</summary>
    public ShutdownDeadline Shutdown { get; }

    /// <summary>True while the plugin folders are watched.</summary>
    public bool IsWatching => _watch is not null;

    /// <summary>Starts watching the plugin folders, and scans them after each change.</summary>
    public void Watch()
    {
        var polling = FileWatcherOptions.IsPollingRequested(Environment.GetEnvironmentVariable(FileWatcherOptions.PollingVariable));
        var watcher = new FileWatcher(new() { AlwaysPoll = polling }, _setup.Time, _setup.Log<FileWatcher>());
        _watch = new(Reconciler, watcher, Registry, _setup.Configuration, () => _setup.Folders, _setup.Log<ReconcileLoop>());
        _watch.Start();
    }

    /// <summary>Requests a scan if the folders are watched.</summary>
    /// <returns>False if they are not watched.</returns>
    public bool TryScan()
    {
        if (_watch is not { } watch)
            return false;
        watch.Scan();
        return true;
    }

    /// <summary>Stops watching, lets running calls finish within the shutdown time, and unloads all plugins.</summary>
    public async Task StopAsync()
    {
        Shutdown.Begin();
        if (Interlocked.Exchange(ref _watch, null) is { } watch)
            await watch.DisposeAsync();
        await Registry.ShutdownAsync(Shutdown);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _retirement.DisposeAsync();

    static PluginLoaderOptions LoaderOptions(ServerSetup setup, IGuardGroups guards) => new()
    {
        RegisterTimeout = setup.Config.RegisterTimeout, SessionIdleTimeout = setup.Config.SessionIdleTimeout, Culture = setup.Config.Culture,
        Guards = guards, Shared = setup.Options.Shared,
    };
}
