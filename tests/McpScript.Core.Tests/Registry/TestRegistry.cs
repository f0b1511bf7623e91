using McpScript.Catalogs;
using McpScript.Core.Tests.Sources;
using McpScript.Core.Tests.Unloading;
using McpScript.Loading;
using McpScript.Model;
using McpScript.Registry;
using McpScript.Sources;
using McpScript.Unloading;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Core.Tests.Registry;

/// <summary>A registry with real loading and retirement, and plugins that a test puts in place; no compiler, no files, no host.</summary>
sealed class TestRegistry : IAsyncDisposable
{
    readonly IPluginSource _source;

    /// <param name="source">The plugins that can be had; null for none yet.</param>
    public TestRegistry(CodeSource? source = null)
        : this(source ?? new(), loader: null)
    {
    }

    /// <param name="source">The plugins that can be had.</param>
    /// <param name="loader">Makes them live; null for the loader of plugins in this process.</param>
    public TestRegistry(IPluginSource source, IPluginLoader? loader)
    {
        _source = source;
        Retirement = new(new() { CancelGrace = TimeSpan.FromDays(1), CollectGrace = TimeSpan.FromDays(1) }, Time, NullLogger<Retirement>.Instance);
        Wanted = new(() => null, Settings.IsEnabled);
        Catalog = new(Served, Clients);
        var host = new PluginCallbacks(Catalog, Clients);
        loader ??= new InProcessPluginLoader(
            Settings, new() { Guards = new NoGuards(), Shared = [PluginCode.Shared] }, Retirement, host, NullLoggerFactory.Instance, Time);
        Sources = TestSources.Of(source);
        var builds = new ChangeBuilder(Sources, TestSources.Reader(), loader, Settings, Retirement, Time);
        Registry = new(builds, Catalog, Retirement, Wanted, Log, Time);
        Registry.Changed += Turns.Add;
    }

    /// <summary>The clock.</summary>
    public WatchedTime Time { get; } = new();

    /// <summary>The plugins that can be had.</summary>
    public CodeSource Source => (CodeSource)_source;

    /// <summary>The source alone, as the registry scans it.</summary>
    public PluginSources Sources { get; }

    /// <summary>Their settings.</summary>
    public TestSettings Settings { get; } = new();

    /// <summary>Plugins that should be loaded.</summary>
    public DesiredPlugins Wanted { get; }

    /// <summary>The catalog.</summary>
    public CurrentCatalog Served { get; } = new();

    /// <summary>The clients.</summary>
    public RecordedNotifications Clients { get; } = new();

    /// <summary>The writer of the catalog.</summary>
    public CatalogWriter Catalog { get; }

    /// <summary>The end of generations.</summary>
    public Retirement Retirement { get; }

    /// <summary>The log of the registry.</summary>
    public RecordedLog<PluginRegistry> Log { get; } = new();

    /// <summary>The registry.</summary>
    public PluginRegistry Registry { get; }

    /// <summary>The turns that were published.</summary>
    public List<RegistryChanged> Turns { get; } = [];

    /// <summary>Names of the tools that are served.</summary>
    public IEnumerable<string> Tools => Registry.AllTools;

    /// <summary>The served generation of a plugin.</summary>
    public Plugin Live(string name) => Served.Catalog.Find(new(name)) ?? throw new InvalidOperationException($"'{name}' is not served.");

    /// <summary>Carries out several changes as one.</summary>
    public async Task<IReadOnlyList<ChangeResult>> ApplyAsync(PluginChangeKind kind, params string[] names) =>
        await Registry.ApplyAsync([.. names.Select(name => new PluginChange(new(name), kind))]).Soon();

    /// <summary>Waits until all generations that have left the service are unloaded.</summary>
    public Task RetiredAsync() => Retirement.FinishAsync(new(TimeSpan.FromDays(20), Time)).Soon();

    /// <summary>Shuts down, and waits until all generations are unloaded.</summary>
    public Task ShutdownAsync() => Registry.ShutdownAsync(new(TimeSpan.FromDays(20), Time)).Soon();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Retirement.DisposeAsync();
}
