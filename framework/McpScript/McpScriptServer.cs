using System.Collections.Immutable;
using McpScript.Calls;
using McpScript.Catalogs;
using McpScript.Configuration;
using McpScript.Hosting;
using McpScript.Http;
using McpScript.Logging;
using McpScript.Management;
using McpScript.Packages;
using McpScript.Plugins;
using McpScript.Plugins.Sources;
using McpScript.Registry;
using McpScript.Scripting;
using McpScript.Serving;
using McpScript.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript;

/// <summary>One server put together from its configuration: plugins, registry, watch, and the MCP servers that its transports ask for.</summary>
public sealed partial class McpScriptServer : IAsyncDisposable
{
    readonly LiveConfiguration _configuration;
    readonly ILoggerFactory _loggers;
    readonly TimeProvider _time;
    readonly ServiceProvider _http;
    readonly Retirement _retirement;
    readonly StaticTools _statics = new();
    readonly PackageEngine _packages;
    readonly ScriptCompiler _compiler;
    readonly IScriptCompiler _scripts;
    readonly NativeCopies _natives = new();
    readonly CallLimits _limits;
    readonly ListChanges _changes;
    readonly OwnPrimitives _own;
    FolderWatch? _watch;
    HostLog? _log;
    Task<ImmutableArray<ChangeResult>>? _started;
    bool _stopped;

    McpScriptServer(McpScriptConfig config, CommandLineOverrides commandLine, ILoggerFactory loggers, McpScriptServerOptions options)
    {
        (_loggers, _time, Options) = (loggers, options.Time, options);
        _packages = new(PackageOptions(config, options), loggers.CreateLogger<PackageEngine>());
        var packages = new ScriptPackages(_packages, config.Packages);
        Type[] shared = [.. options.Shared.Select(service => service.ServiceType)];
        _compiler = new(shared, packages);
        _scripts = config.CompileCache ? new CachedScriptCompiler(_compiler, CompileCache.Of(Cache(config, options), shared, packages, loggers.CreateLogger<CompileCache>())) : _compiler;
        _configuration = new(config, commandLine, _time, loggers.CreateLogger<LiveConfiguration>());
        Traffic = new(_time);
        _http = HostServices(loggers, options);
        _own = new(options.Services ?? _http);
        var settings = new PluginSettingsSource(() => _configuration.Current);
        var sources = Sources();
        var wanted = new WantedPlugins(() => _configuration.Current.Autoload, settings.IsEnabled);
        _changes = new(loggers.CreateLogger<ListChanges>());
        var served = new Served();
        _retirement = new(options.Retirement with { ReloadDrain = config.DrainTimeout }, _time, loggers.CreateLogger<Retirement>());
        var host = new PluginHost(_changes);
        var loader = new PluginLoader(
            settings, new() { RegisterTimeout = config.RegisterTimeout, SessionIdleTimeout = config.SessionIdleTimeout, Shared = options.Shared }, _retirement, host, _http.GetRequiredService<IHttpClientFactory>(), loggers, _time);
        Registry = new(sources, loader, served, _retirement, settings, wanted, loggers.CreateLogger<PluginRegistry>(), _time);
        host.Registry = Registry;
        Folder = new(Registry, sources, wanted, Folders, _time, loggers);
        Operations = new(Registry, sources, settings, served, _statics, Description(config), _time);
        Events = new(Registry, _time);
        var sessions = new ClientSessions();
        var calls = new PluginCalls(served, new InputRounds(), sessions, options.Services ?? _http);
        var validators = new PreCallValidators(served, options.PreCallValidators, () => _configuration.Current.Validators, loggers.CreateLogger<PreCallValidators>());
        _limits = new(config.Limits, served, _time);
        CallLog = CallLogs.Open(config, options with { ToolLoggers = [.. options.ToolLoggers, new CallEvents(Events)] }, loggers);
        Servers = new McpServers(served, ToolCallFilters(CallLog, new(served, _statics), _limits, calls, validators), calls, sessions, _changes, Presentation(config), loggers);
    }

    /// <summary>The plugins: what is loaded, and the way to change it.</summary>
    public PluginRegistry Registry { get; }

    /// <summary>What an operator can do.</summary>
    public ProxyOperations Operations { get; }

    /// <summary>What happens, for those who follow it.</summary>
    public ProxyEvents Events { get; }

    /// <summary>Makes the MCP servers for transports.</summary>
    public IServerFactory Servers { get; }

    /// <summary>Keeps the registry in step with the plugin folders.</summary>
    public FolderSync Folder { get; }

    /// <summary>The log of tool calls; null if they are not logged.</summary>
    public CallLog? CallLog { get; }

    /// <summary>The configuration in force.</summary>
    public McpScriptConfig Config => _configuration.Current;

    /// <summary>What an application's own route to it is asked.</summary>
    internal TrafficCounters Traffic { get; }

    /// <summary>An application's own route to it; null if there is none.</summary>
    internal McpEndpoint? Mapped { get; set; }

    /// <summary>What the host handed over.</summary>
    internal McpScriptServerOptions Options { get; }

    /// <summary>Puts a server together; nothing is loaded and nothing listens yet.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="loggers">Where everything logs.</param>
    /// <param name="options">What the host hands over.</param>
    /// <param name="commandLine">What the command line said, for reading the configuration again while running; null for what it was loaded with.</param>
    public static McpScriptServer Create(McpScriptConfig config, ILoggerFactory loggers, McpScriptServerOptions? options = null, CommandLineOverrides? commandLine = null) =>
        new(config, commandLine ?? config.LoadedWith ?? new(), loggers, options ?? new());

    /// <summary>Told of a configuration that has taken effect while running.</summary>
    public event Action<McpScriptConfig> ConfigurationApplied
    {
        add => _configuration.Applied += value;
        remove => _configuration.Applied -= value;
    }

    /// <summary>Loads the wanted plugins, and watches their folders from then on if the configuration says so; a second time only tells again how that went.</summary>
    /// <returns>What became of each wanted plugin.</returns>
    /// <exception cref="InvalidOperationException">Something that the server itself offers cannot be offered; with all that is wrong.</exception>
    public Task<ImmutableArray<ChangeResult>> StartAsync(CancellationToken cancellationToken = default)
    {
        lock (_own)
            return _started ??= LoadAsync(cancellationToken);
    }

    async Task<ImmutableArray<ChangeResult>> LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in Config.Warnings)
            _configuration.Warn(warning);
        if (Options.Management)
            await Registry.OfferHostToolsAsync(new ManagementToolSet(Operations, _statics).Create(AllowedTools(Config)));
        await _own.StartAsync(Registry);
        var results = await Folder.LookAsync(ImmutableHashSet<string>.Empty, ImmutableHashSet<PluginReference>.Empty, cancellationToken);
        _statics.StartUpDone(Registry);
        if (Config.Watch)
            Watch();
        return results;
    }

    /// <summary>Why it is not ready: a wanted plugin that is not loaded; null if all are.</summary>
    public string? WhyNotReady()
    {
        var missing = Registry.Failures.Where(failure => !Registry.Plugins.Any(plugin => string.Equals(plugin.Name, failure.Name, StringComparison.OrdinalIgnoreCase))).ToList();
        return missing.Count == 0 ? null : string.Join("; ", missing.Select(failure => $"Plugin '{failure.Name}' is wanted and not loaded"));
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
        _natives.Dispose();
        _packages.Dispose();
        await _limits.DisposeAsync();
        // Last: calls that were ended by all this are entries too.
        if (CallLog is not null)
            await CallLog.DisposeAsync();
        _log?.Dispose();
    }

    // The order of a tool call, outermost first: the one place to see it.
    static McpRequestFilter<CallToolRequestParams, CallToolResult>[] ToolCallFilters(
        CallLog? log, DynamicDispatch dispatch, CallLimits limits, PluginCalls calls, PreCallValidators validators) =>
    [
        .. log?.Filters ?? [],  // refusals are recorded too
        dispatch.Filter,       // proxy__run becomes the call that it stands for
        limits.Filter,         // size, rate, time, and whose turn it is
        calls.Lease,           // from here on, one generation
        ArgumentCheck.Filter,  // a wrong argument is explained, not hidden
        validators.Filter,     // who may refuse sees arguments that fit
    ];

    // The strongest first: the one place to see which plugin wins a name.
    PluginSources Sources()
    {
        var script = new ScriptFileSource(Folders, _scripts, _loggers.CreateLogger<ScriptFileSource>(), _time);
        var folder = new ScriptFolderSource(Folders, _scripts, _loggers.CreateLogger<ScriptFolderSource>());
        var dll = new DllFileSource(Folders, _natives, _loggers.CreateLogger<DllFileSource>(), _time);
        var dllFolder = new DllFolderSource(Folders, _natives, _loggers.CreateLogger<DllFolderSource>(), _time);
        var kinds = new Dictionary<string, IPluginSource>
        {
            [ScriptFileSource.Kind] = script, [ScriptFolderSource.Kind] = folder, [DllFileSource.Kind] = dll, [DllFolderSource.Kind] = dllFolder,
        };
        return new([new ConfiguredPathSource(() => _configuration.Current.PluginPaths, kinds), script, folder, dll, dllFolder]);
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

    static PackageEngineOptions PackageOptions(McpScriptConfig config, McpScriptServerOptions options)
    {
        var beside = config.ConfigFile is { } file ? Path.GetDirectoryName(file)! : Environment.CurrentDirectory;
        return new()
        {
            Folder = options.PackageFolder ?? AtHome("packages"),
            Sources = config.Packages.Sources is { } sources ? [.. sources.Select(source => source.Contains("://", StringComparison.Ordinal) ? source : Path.GetFullPath(source, beside))] : null,
        };
    }

    static CompileCacheOptions Cache(McpScriptConfig config, McpScriptServerOptions options) => new() { Folder = config.CompileCacheDir ?? options.CacheFolder ?? AtHome("cache") };

    static string AtHome(string folder) => Path.Combine(ProcessEnvironment.Home(ProcessEnvironment.Variables()), ".mcp_proxy", folder);

    static ServiceProvider HostServices(ILoggerFactory loggers, McpScriptServerOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton(loggers);
        services.AddSingleton(options.Time);
        foreach (var shared in options.Shared)
            services.TryAdd(shared);
        services.AddHttpClient();
        return services.BuildServiceProvider();
    }

    // Whoever can load a plugin can run any code: not for everybody on an open network unless that is said.
    static ManagementTools AllowedTools(McpScriptConfig config) =>
        config.ManagementTools ?? (config.Transport == Transport.Http && !Binding.IsLoopback(config.Host) ? ManagementTools.Read : ManagementTools.All);

    static ProxyDescription Description(McpScriptConfig config) => new()
    {
        Server = config.ServerName ?? "MCP Server", Transport = config.Transport == Transport.Stdio ? "stdio" : "http", DynamicDispatch = config.DynamicDispatch,
    };

    static ServingOptions Presentation(McpScriptConfig config) => new()
    {
        ServerInfo = new() { Name = config.ServerName ?? "MCP Server", Version = config.Version ?? ProductVersion.Text },
        Instructions = config.Instructions,
        PageSize = config.PageSize,
    };
}
