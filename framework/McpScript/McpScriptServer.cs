using System.Collections.Immutable;
using McpScript.Catalogs;
using McpScript.Checking;
using McpScript.Configuration;
using McpScript.FileSystem;
using McpScript.Gates;
using McpScript.Hosting;
using McpScript.Http.Endpoint;
using McpScript.Http.Health;
using McpScript.Http.Requests;
using McpScript.Invocation;
using McpScript.Invocation.Arguments;
using McpScript.Invocation.Limits;
using McpScript.Loading;
using McpScript.Logging;
using McpScript.Management;
using McpScript.Model;
using McpScript.Packages;
using McpScript.Protocol;
using McpScript.Reconcile;
using McpScript.Registry;
using McpScript.Scripting.Cache;
using McpScript.Scripting.Compilation;
using McpScript.Scripting.Scripts;
using McpScript.Scripting.Sources;
using McpScript.Sources;
using McpScript.Unloading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

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
    readonly PackageLock _installed;
    readonly PackageSource _packageSource;
    readonly ScriptCompiler _compiler;
    readonly CachedScriptCompiler? _cached;
    readonly NativeCopies _natives = new();
    readonly CallLimits _limits;
    readonly ListChangedNotifier _changes;
    readonly OwnPrimitives _own;
    ReconcileLoop? _watch;
    HostLog? _log;
    Task<ImmutableArray<ChangeResult>>? _started;
    bool _stopped;

    McpScriptServer(McpScriptConfig config, CommandLineOverrides commandLine, ILoggerFactory loggers, McpScriptServerOptions options)
    {
        (_loggers, _time, Options) = (loggers, options.Time, options);
        var packageOptions = PackagesOnDisk.OptionsOf(config, options);
        _packages = new(packageOptions, loggers.CreateLogger<PackageEngine>());
        var packages = new ScriptPackages(_packages, config.Packages);
        Type[] shared = [.. options.Shared.Select(service => service.ServiceType)];
        var files = new FileHashCache(_time);
        var reader = new StableReader(files, _time);
        _compiler = new(shared, packages, files: files);
        _cached = config.CompileCache ? new(_compiler, CompileCache.Of(Cache(config, options), shared, packages, loggers.CreateLogger<CompileCache>(), files)) : null;
        _configuration = new(config, commandLine, reader, loggers.CreateLogger<LiveConfiguration>());
        Traffic = new(_time);
        Requests = new(loggers, config.AccessLog, _time);
        _http = HostServices(loggers, options);
        Gate = OpenGate(config, options);
        var guards = new ConfiguredGroups(Gate, loggers.CreateLogger<Gate>());
        _own = new(options.Services ?? _http, guards);
        _installed = new(() => Folders().Count > 0 ? Folders()[0] : null, loggers.CreateLogger<PackageLock>(), PackagesOnDisk.StateFolderOf(config, options));
        _packageSource = new(_installed, _packages, _natives, () => _configuration.Current.Autoload ?? []);
        var settings = new PluginSettingsSource(() => _configuration.Current, isPackage: _packageSource.Has, log: loggers.CreateLogger<PluginSettingsSource>());
        var sources = Sources();
        var wanted = new DesiredPlugins(() => _configuration.Current.Autoload, settings.IsEnabled);
        _changes = new(loggers.CreateLogger<ListChangedNotifier>());
        var served = new CurrentCatalog();
        Shutdown = new(options.Retirement.Shutdown, _time);
        _retirement = new(options.Retirement with { ReloadDrain = config.DrainTimeout }, _time, loggers.CreateLogger<Retirement>());
        var host = new PluginCallbacks(_changes);
        var loaderOptions = new PluginLoaderOptions
        {
            RegisterTimeout = config.RegisterTimeout, SessionIdleTimeout = config.SessionIdleTimeout, Culture = config.Culture, Guards = guards, Shared = options.Shared,
        };
        var loader = new InProcessPluginLoader(settings, loaderOptions, _retirement, host, loggers, _time);
        var builds = new ChangeBuilder(sources, reader, loader, settings, _retirement, _time);
        Registry = new(builds, served, _retirement, wanted, loggers.CreateLogger<PluginRegistry>(), _time);
        host.Registry = Registry;
        Folder = new(Registry, sources, reader, wanted, loggers, _time);
        Readiness = new(Registry, Folder, Shutdown, config.RequirePlugins);
        Operations = new(Registry, sources, settings, served, _statics, Description(config), _time)
        {
            Gate = Gate is null ? null : new(Gate, served, oneClient: config.Transport == Transport.Stdio),
            Packages = new(_packages, _installed, new LiveVerification(_packageSource, _installed, Registry, wanted), config.Packages, packageOptions.Sources),
        };
        Events = new(Registry, _time);
        Check = new(Registry, sources);
        var flow = new InputRequiredFlow();
        var invoker = new PluginInvoker(served, flow, options.Services ?? _http);
        var validators = new PreCallValidators(served, options.PreCallValidators, () => _configuration.Current.Validators, loggers.CreateLogger<PreCallValidators>());
        _limits = new(config.Limits, _time);
        CallLog = Operations.CallLog = CallLogs.Open(config, options, Events, loggers);
        var filters = ToolCallFilters(
            new(_time), CallLog, new(served, _statics), ManagementScopeOf(config), _limits, flow, invoker, Arguments(served, loggers), validators, Gate);
        Servers = new McpServers(served, new CallPipeline(filters, served), invoker, _changes, Presentation(config), loggers);
    }

    /// <summary>The plugins: what is loaded, and the way to change it.</summary>
    public PluginRegistry Registry { get; }

    /// <summary>What an operator can do.</summary>
    internal ProxyOperations Operations { get; }

    /// <summary>What happens, for those who follow it.</summary>
    internal ProxyEvents Events { get; }

    /// <summary>Tells what is wrong with plugins, without serving them.</summary>
    internal PluginCheck Check { get; }

    /// <summary>Makes the MCP servers for transports.</summary>
    public IServerFactory Servers { get; }

    /// <summary>The gate; null if the configuration has none.</summary>
    public Gate? Gate { get; }

    /// <summary>Keeps the registry in step with the plugin folders.</summary>
    internal PluginReconciler Folder { get; }

    /// <summary>The log of tool calls, which those who follow events hear of too.</summary>
    public ToolCallLog CallLog { get; }

    /// <summary>How long its end may take, shared with whoever serves it.</summary>
    internal ShutdownDeadline Shutdown { get; }

    /// <summary>The configuration in force.</summary>
    public McpScriptConfig Config => _configuration.Current;

    /// <summary>Whether it is ready, and what is wrong.</summary>
    internal Readiness Readiness { get; }

    /// <summary>What an application's own route to it is asked.</summary>
    internal TrafficCounters Traffic { get; }

    /// <summary>The log of requests at an application's own route.</summary>
    internal RequestLog Requests { get; }

    /// <summary>An application's own route to it; null if there is none.</summary>
    internal McpEndpoint? Mapped { get; set; }

    /// <summary>True for a host that warms it up itself, once its clients' first messages have the processor no longer to share with that.</summary>
    internal bool WarmsUpWhenReady { get; set; }

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

    /// <summary>
    /// Loads the wanted plugins, and watches their folders from then on if the configuration says so; a second time only tells again how that went.
    /// </summary>
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
        Globalization.Report(_loggers);
        if (Options.Management)
            await Registry.OfferHostToolsAsync(new ManagementToolSet(Operations, _statics).Create(AllowedTools(Config), Config.Packages.InstallFromMcp));
        if (Gate is { IsOn: true } gate)
            await Registry.OfferHostToolsAsync(new GateToolSet(gate).Create());
        await _own.StartAsync(Registry);
        var results = await Folder.ScanAsync(ImmutableHashSet<string>.Empty, ImmutableHashSet<PluginReference>.Empty, cancellationToken);
        _statics.StartUpDone(Registry);
        Readiness.Started(results);
        WarnOfUnusedGuards();
        if (Config.Watch)
            Watch();
        return results;
    }

    /// <summary>Gets the compiler going in the background, so that the first edit need not wait for it; not worth it without a watch.</summary>
    internal void WarmUp()
    {
        if (_watch is not null)
            _ = _compiler.WarmUpAsync();
    }

    /// <summary>
    /// The reason why it is not ready: it is starting or shutting down, a plugin that was wanted at start has never been live, or a plugin folder cannot be
    /// read; null if it is ready.
    /// </summary>
    public string? WhyNotReady() => Readiness.Missing is { IsEmpty: false } missing ? string.Join("; ", missing) : null;

    /// <summary>Lets running calls finish, for as long as a shutdown may take, and unloads everything; a second time does nothing.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, true))
            return;
        Shutdown.Begin();
        if (Interlocked.Exchange(ref _watch, null) is { } watch)
            await watch.DisposeAsync();
        await Registry.ShutdownAsync(Shutdown);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _retirement.DisposeAsync();
        if (Gate is not null)
            await Gate.DisposeAsync();
        await _http.DisposeAsync();
        if (_cached is not null)
            await _cached.DisposeAsync();
        _natives.Dispose();
        _packages.Dispose();
        await _limits.DisposeAsync();
        // Last: calls that were ended by all this are entries too.
        await CallLog.DisposeAsync();
        _log?.Dispose();
    }

    // The order of a tool call, outermost first: the one place to see it.
    static ICallFilter[] ToolCallFilters(
        CallSpans spans, ToolCallLog log, DynamicDispatch dispatch, ManagementScope? scope, CallLimits limits, InputRequiredFlow flow, PluginInvoker invoker,
        (ArgumentCheck Check, ArgumentBinding Binding) arguments, PreCallValidators validators, Gate? gate) =>
    [
        spans,                                                     // refused calls are spans too
        log,                                                       // and entries
        dispatch,                                                  // proxy__run becomes the call that it stands for
        .. scope is null ? [] : new ICallFilter[] { scope },       // who may change the proxy
        limits,                                                    // size, rate, time, calls at once
        flow,                                                      // a stateless call may be suspended for its client's answer, or be the answer
        invoker,                                                   // from here on, one generation
        arguments.Check,                                           // a wrong argument is explained, not hidden
        validators,                                                // see arguments that fit
        .. gate is { IsOn: true } ? [new GateFilter(gate)] : Array.Empty<ICallFilter>(),  // innermost before the tool, whatever way the call came
        arguments.Binding,                                         // explains what only .NET can find wrong with an argument
    ];

    (ArgumentCheck Check, ArgumentBinding Binding) Arguments(CurrentCatalog served, ILoggerFactory loggers) =>
        (new(new(() => _configuration.Current, served, loggers.CreateLogger<UnknownArguments>())), new(loggers.CreateLogger<ArgumentBinding>()));

    // The strongest first: the one place to see which plugin wins a name.
    PluginSources Sources()
    {
        IScriptCompiler scripts = _cached is null ? _compiler : _cached;
        var script = new ScriptFileSource(scripts, _loggers.CreateLogger<ScriptFileSource>(), _time);
        var folder = new ScriptFolderSource(scripts, _loggers.CreateLogger<ScriptFolderSource>());
        var dll = new DllFileSource(_natives, _loggers.CreateLogger<DllFileSource>(), _time);
        var dllFolder = new DllFolderSource(_natives, _loggers.CreateLogger<DllFolderSource>(), _time);
        var kinds = new Dictionary<string, IPluginSource>
        {
            [PluginKinds.Script] = script, [PluginKinds.ScriptFolder] = folder, [PluginKinds.Dll] = dll, [PluginKinds.DllFolder] = dllFolder,
        };
        return new(new(Folders), [new ConfiguredPathSource(() => _configuration.Current.PluginPaths, kinds), script, folder, dll, dllFolder, _packageSource]);
    }

    IReadOnlyList<string> Folders() => _configuration.Current.PluginDirs;

    void Watch()
    {
        var polling = FileWatcherOptions.AsksForPolling(Environment.GetEnvironmentVariable(FileWatcherOptions.PollingVariable));
        var hints = new FileWatcher(new() { AlwaysPoll = polling }, _time, _loggers.CreateLogger<FileWatcher>());
        _watch = new ReconcileLoop(Folder, hints, Registry, new GateGroupReload(_configuration, Registry), Folders, _loggers.CreateLogger<ReconcileLoop>());
        _watch.Start();
        if (!WarmsUpWhenReady)
            WarmUp();
    }

    Gate? OpenGate(McpScriptConfig config, McpScriptServerOptions options)
    {
        if (config.Gate is not { } settings)
            return null;
        var secrets = options.GateSecrets ?? (settings.Enabled ? GateBackends.Open(settings, _http.GetRequiredService<IHttpClientFactory>(), _time) : new EnvironmentSecrets());
        var gate = new Gate(settings, secrets, _time, _loggers.CreateLogger<Gate>()) { OpensToAnonymous = config.Transport == Transport.Stdio || Loopback.Is(config.Host) };
        _configuration.Applied += applied =>
        {
            // The section as a whole needs a restart: whoever takes it out while running has not opened anything.
            if (applied.Gate is { } changed && changed.Groups != gate.Groups)
            {
                gate.Apply(changed.Groups);
                WarnOfUnusedGuards();
            }
        };
        return gate;
    }

    // Who mistypes a pattern believes that a tool is guarded.
    void WarnOfUnusedGuards()
    {
        if (Gate is { IsOn: true })
            foreach (var warning in Operations.Gate!.Unused())
                _configuration.Warn(warning);
    }

    static CompileCacheOptions Cache(McpScriptConfig config, McpScriptServerOptions options) => new() { Folder = config.CompileCacheDir ?? options.CacheFolder ?? config.InState("cache") };

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

    // Whoever can load a plugin can run any code: not for all who can reach it, unless that is said or a scope of its own is needed for it.
    static ManagementTools AllowedTools(McpScriptConfig config) =>
        config.ManagementTools ?? (config.IsForOthers && !(config.NeedsToken && config.OAuth.ManagementScope is not null) ? ManagementTools.Read : ManagementTools.All);

    static ManagementScope? ManagementScopeOf(McpScriptConfig config) =>
        config.OAuth is { IsInForce: true, ManagementScope: { } scope } ? new(scope, allowsAnonymous: !config.NeedsToken) : null;

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
