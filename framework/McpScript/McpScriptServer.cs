using System.Collections.Immutable;
using McpScript.Checking;
using McpScript.Composition;
using McpScript.Configuration;
using McpScript.Gates;
using McpScript.Http.Endpoint;
using McpScript.Http.Requests;
using McpScript.Invocation;
using McpScript.Logging;
using McpScript.Management;
using McpScript.Model;
using McpScript.Protocol;
using McpScript.Reconcile;
using McpScript.Registry;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>A server built from its configuration: sources, plugins, management, the call pipeline, and the MCP servers for its transports.</summary>
public sealed partial class McpScriptServer : IAsyncDisposable
{
    readonly ServerSetup _setup;
    readonly ServerSources _sources;
    readonly ServerGate _gate;
    readonly PluginRuntime _runtime;
    readonly ServerManagement _management;
    readonly ServerPipeline _pipeline;
    readonly OwnPrimitives _own;
    readonly HostLog? _log;
    Task<ImmutableArray<ChangeResult>>? _started;
    bool _stopped;

    McpScriptServer(McpScriptConfig config, CommandLineOverrides commandLine, ILoggerFactory loggers, McpScriptServerOptions options, HostLog? log = null)
    {
        _log = log;
        _setup = new(config, commandLine, loggers, options);
        _sources = new(_setup);
        _gate = new(_setup);
        _runtime = new(_setup, _sources, _gate.Guards);
        _management = new(_setup, _sources, _runtime, _gate);
        _pipeline = new(_setup, _runtime, _management, _gate.Gate);
        _own = new(_setup.HostServiceProvider, _gate.Guards);
        _gate.GroupsChanged += WarnOfUnusedGuards;
        Requests = new(loggers, config.AccessLog, options.Time);
    }

    /// <summary>The loaded plugins, and the operations that change them.</summary>
    public PluginRegistry Registry => _runtime.Registry;

    /// <summary>Operations on the running server.</summary>
    internal ProxyOperations Operations => _management.Operations;

    /// <summary>Events of the running server.</summary>
    internal ProxyEvents Events => _management.Events;

    /// <summary>Check of plugins without serving them.</summary>
    internal PluginCheck Check => _management.Check;

    /// <summary>Factory of the MCP servers for transports.</summary>
    public IServerFactory Servers => _pipeline.Servers;

    /// <summary>The gate; null if the configuration has none.</summary>
    public Gate? Gate => _gate.Gate;

    /// <summary>Keeps the registry in step with the plugin folders.</summary>
    internal PluginReconciler Folder => _runtime.Reconciler;

    /// <summary>The log of tool calls. Each entry is also published as an event.</summary>
    public ToolCallLog CallLog => _management.CallLog;

    /// <summary>Deadline of the shutdown, shared by all parts of the server.</summary>
    internal ShutdownDeadline Shutdown => _runtime.Shutdown;

    /// <summary>The configuration in force.</summary>
    public McpScriptConfig Config => _setup.Configuration.Current;

    /// <summary>Readiness of the server.</summary>
    internal Readiness Readiness => _management.Readiness;

    /// <summary>Observes requests to the routes of an application.</summary>
    internal RequestMonitor Requests { get; }

    /// <summary>The routes of an application that serve MCP.</summary>
    internal MappedEndpoints Mapped { get; } = new();

    /// <summary>Options of the host.</summary>
    internal McpScriptServerOptions Options => _setup.Options;

    /// <summary>Creates a server; nothing is loaded and nothing listens yet.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="loggers">Creates the logs.</param>
    /// <param name="options">Options of the host.</param>
    /// <param name="commandLine">Options of the command line, for reloading the configuration; null for those that it was loaded with.</param>
    public static McpScriptServer Create(
        McpScriptConfig config, ILoggerFactory loggers, McpScriptServerOptions? options = null, CommandLineOverrides? commandLine = null) =>
        new(config, commandLine ?? config.LoadedWith ?? new(), loggers, options ?? new());

    /// <summary>Creates a server that logs to stderr as configured; nothing is loaded and nothing listens yet.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="options">Options of the host.</param>
    public static McpScriptServer Create(McpScriptConfig config, McpScriptServerOptions? options = null)
    {
        var log = HostLog.Open(config);
        var server = new McpScriptServer(config, config.LoadedWith ?? new(), log.Factory, options ?? new(), log);
        server.ConfigurationApplied += applied => log.Level = applied.LogLevel;
        return server;
    }

    /// <summary>Raised after a changed configuration has taken effect while the server runs.</summary>
    public event Action<McpScriptConfig> ConfigurationApplied
    {
        add => _setup.Configuration.Applied += value;
        remove => _setup.Configuration.Applied -= value;
    }

    /// <summary>
    /// Loads the desired plugins, and then watches their folders if so configured. A second call returns the results of the first. Thread-safe.
    /// </summary>
    /// <returns>The outcome for each desired plugin.</returns>
    /// <exception cref="InvalidOperationException">Some of the host's own tools, prompts or resources are invalid; the message lists all problems.</exception>
    public Task<ImmutableArray<ChangeResult>> StartAsync(CancellationToken cancellationToken = default) => StartAsync(warmUp: true, cancellationToken);

    /// <inheritdoc cref="StartAsync(CancellationToken)"/>
    /// <param name="warmUp">False for a host that calls <see cref="WarmUp"/> itself, once the first messages of clients no longer need the processor.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    internal Task<ImmutableArray<ChangeResult>> StartAsync(bool warmUp, CancellationToken cancellationToken)
    {
        lock (_own)
            return _started ??= LoadAsync(warmUp, cancellationToken);
    }

    async Task<ImmutableArray<ChangeResult>> LoadAsync(bool warmUp, CancellationToken cancellationToken)
    {
        foreach (var warning in Config.Warnings)
            _setup.Configuration.Warn(warning);
        Globalization.Report(_setup.Loggers);
        if (Options.Management)
        {
            var management = new ManagementToolSet(Operations, _management.Statics);
            await Registry.AddHostToolsAsync(management.Create(AllowedTools(Config), Config.Packages.InstallFromMcp));
        }
        if (Gate is { IsOn: true } gate)
            await Registry.AddHostToolsAsync(new GateToolSet(gate).Create());
        await _own.StartAsync(Registry);
        var results = await Folder.ScanAsync(ImmutableHashSet<string>.Empty, refresh: null, cancellationToken);
        _management.Statics.StartUpDone(Registry);
        Readiness.Started(results);
        WarnOfUnusedGuards();
        if (Config.Watch)
            _runtime.Watch();
        if (warmUp)
            WarmUp();
        return results;
    }

    /// <summary>Warms up the compiler in the background, so that the first edit compiles faster. Does nothing unless the folders are watched.</summary>
    internal void WarmUp()
    {
        if (_runtime.IsWatching)
            _ = _sources.Compiler.WarmUpAsync();
    }

    /// <summary>
    /// Returns the reasons why the server is not ready, or null if it is ready. Reasons: it is starting or shutting down, a plugin that was desired at start
    /// has never been live, or a plugin folder cannot be read.
    /// </summary>
    public string? WhyNotReady() => Readiness.Missing is { IsEmpty: false } missing ? string.Join("; ", missing) : null;

    /// <summary>Lets running calls finish within the shutdown time, and unloads all plugins. A second call returns at once.</summary>
    public async Task StopAsync()
    {
        if (!Interlocked.Exchange(ref _stopped, true))
            await _runtime.StopAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _runtime.DisposeAsync();
        await _gate.DisposeAsync();
        await _setup.DisposeAsync();
        await _sources.DisposeAsync();
        await _pipeline.DisposeAsync();
        // Last, so that calls cancelled by the steps above are still logged.
        await _management.DisposeAsync();
        _log?.Dispose();
    }

    // With a mistyped pattern, an operator would believe that a tool is guarded.
    void WarnOfUnusedGuards()
    {
        if (Gate is { IsOn: true })
            foreach (var warning in Operations.Gate!.Unused())
                _setup.Configuration.Warn(warning);
    }

    // A client that can load a plugin can run any code. By default, remote clients can therefore only read, unless a scope protects management.
    static ManagementTools AllowedTools(McpScriptConfig config) => config.ManagementTools
        ?? (config.IsForOthers && !(config.NeedsToken && config.OAuth.ManagementScope is not null) ? ManagementTools.Read : ManagementTools.All);
}
