using System.Collections.Immutable;
using McpScript.Calls;
using McpScript.Configuration;
using McpScript.Hosting;
using McpScript.Plugins;
using McpScript.Registry;
using McpScript.Scripting;
using McpScript.Serving;
using McpScript.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>One server put together from its configuration: plugins, registry, watch, and the MCP servers that its transports ask for.</summary>
public sealed class McpScriptServer : IAsyncDisposable
{
    readonly LiveConfiguration _configuration;
    readonly ILoggerFactory _loggers;
    readonly TimeProvider _time;
    readonly ServiceProvider _http;
    readonly Retirement _retirement;
    readonly ScriptCompiler _compiler;
    FolderWatch? _watch;
    bool _stopped;

    McpScriptServer(McpScriptConfig config, CommandLineOverrides commandLine, ILoggerFactory loggers, McpScriptServerOptions options)
    {
        (_loggers, _time) = (loggers, options.Time);
        _compiler = new([.. options.Shared.Select(service => service.ServiceType)]);
        _configuration = new(config, commandLine, _time, loggers.CreateLogger<LiveConfiguration>());
        _http = HttpClients(loggers);
        var settings = new PluginSettingsSource(() => _configuration.Current);
        var sources = new PluginSources([
            new ScriptFileSource(Folders, _compiler, loggers.CreateLogger<ScriptFileSource>(), _time),
            new ScriptFolderSource(Folders, _compiler, loggers.CreateLogger<ScriptFolderSource>()),
        ]);
        var wanted = new WantedPlugins(() => _configuration.Current.Autoload, settings.IsEnabled);
        var changes = new ListChanges(loggers.CreateLogger<ListChanges>());
        var served = new Served(changes);
        _retirement = new(options.Retirement with { ReloadDrain = config.DrainTimeout }, _time, loggers.CreateLogger<Retirement>());
        var loader = new PluginLoader(
            settings, new() { RegisterTimeout = config.RegisterTimeout, Shared = options.Shared }, _retirement, _http.GetRequiredService<IHttpClientFactory>(), loggers, _time);
        Registry = new(sources, loader, served, _retirement, settings, wanted, loggers.CreateLogger<PluginRegistry>(), _time);
        Folder = new(Registry, sources, wanted, Folders, _time, loggers);
        Servers = new McpServers(served, new PluginCalls(served), changes, Presentation(config), loggers);
    }

    /// <summary>The plugins: what is loaded, and the way to change it.</summary>
    public PluginRegistry Registry { get; }

    /// <summary>Makes the MCP servers for transports.</summary>
    public IServerFactory Servers { get; }

    /// <summary>Keeps the registry in step with the plugin folders.</summary>
    public FolderSync Folder { get; }

    /// <summary>The configuration in force.</summary>
    public McpScriptConfig Config => _configuration.Current;

    /// <summary>Puts a server together; nothing is loaded and nothing listens yet.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="loggers">Where everything logs.</param>
    /// <param name="options">What the host hands over.</param>
    /// <param name="commandLine">What the command line said, for reading the configuration again while running.</param>
    public static McpScriptServer Create(McpScriptConfig config, ILoggerFactory loggers, McpScriptServerOptions? options = null, CommandLineOverrides? commandLine = null) =>
        new(config, commandLine ?? new(), loggers, options ?? new());

    /// <summary>Told of a configuration that has taken effect while running.</summary>
    public event Action<McpScriptConfig> ConfigurationApplied
    {
        add => _configuration.Applied += value;
        remove => _configuration.Applied -= value;
    }

    /// <summary>Loads the wanted plugins, and watches their folders from then on if the configuration says so.</summary>
    /// <returns>What became of each wanted plugin.</returns>
    public async Task<ImmutableArray<ChangeResult>> StartAsync(CancellationToken cancellationToken = default)
    {
        var results = await Folder.LookAsync(ImmutableHashSet<string>.Empty, ImmutableHashSet<PluginReference>.Empty, cancellationToken);
        if (Config.Watch)
            Watch();
        return results;
    }

    /// <summary>Lets running calls finish, for as long as a shutdown may take, and unloads everything; a second time does nothing.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, true))
            return;
        if (Interlocked.Exchange(ref _watch, null) is { } watch)
            await watch.DisposeAsync();
        await Registry.ShutdownAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _retirement.DisposeAsync();
        await _http.DisposeAsync();
    }

    IReadOnlyList<string> Folders() => _configuration.Current.PluginDirs;

    void Watch()
    {
        var polling = FileHintsOptions.AsksForPolling(Environment.GetEnvironmentVariable(FileHintsOptions.PollingVariable));
        var hints = new FileHints(new() { AlwaysPoll = polling }, _time, _loggers.CreateLogger<FileHints>());
        _watch = new FolderWatch(Folder, hints, Registry, _configuration, Folders, _loggers.CreateLogger<FolderWatch>());
        _watch.Start();
        // So that the first edit need not wait for the compiler to get going.
        _ = _compiler.WarmUpAsync();
    }

    static ServiceProvider HttpClients(ILoggerFactory loggers)
    {
        var services = new ServiceCollection();
        services.AddSingleton(loggers);
        services.AddHttpClient();
        return services.BuildServiceProvider();
    }

    static ServingOptions Presentation(McpScriptConfig config) => new()
    {
        ServerInfo = new() { Name = config.ServerName ?? "MCP Server", Version = config.Version ?? ProductVersion.Text },
        Instructions = config.Instructions,
        PageSize = config.PageSize,
    };
}
