using System.Diagnostics;
using System.Security.Cryptography;
using McpScript.Configuration;
using McpScript.FileSystem;
using McpScript.Hosting;
using McpScript.Http.Authentication;
using McpScript.Http.Endpoint;
using McpScript.Http.Guard;
using McpScript.Http.Health;
using McpScript.Http.Hosting;
using McpScript.Http.Management;
using McpScript.Http.Requests;
using McpScript.Logging;
using McpScript.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>Opens the transport, management and health endpoints of a server, and drains and closes them at the end.</summary>
sealed class ServerHost(McpScriptServer server, ILoggerFactory loggers, RecentLines recent, TimeProvider time) : IAsyncDisposable
{
    readonly ServerHostLog _log = new(loggers.CreateLogger("McpScript.Host"));
    readonly RequestMonitor _requests = new(loggers, server.Config.AccessLog, time);
    readonly List<Listener> _listeners = [];
    McpEndpoint? _mcp;
    TlsCertificate? _tls;
    Task _ready = Task.CompletedTask;
    RunFile? _runFile;

    /// <summary>Port of MCP; null over stdio.</summary>
    public int? Port { get; private set; }

    /// <summary>Port of the management API; null if <see cref="McpScriptServerOptions.Management"/> is off, and over stdio until it is open.</summary>
    public int? ManagementPort { get; private set; }

    /// <summary>Port of the health endpoints; null if they are off.</summary>
    public int? HealthPort { get; private set; }

    /// <summary>
    /// Checks that the ports are free, loads the plugins, and then opens MCP, so that no client sees an incomplete list. Over stdio the management API opens
    /// after that.
    /// </summary>
    /// <exception cref="ConfigurationException">The OAuth settings are missing or have problems, or the TLS certificate cannot be used.</exception>
    /// <exception cref="BindException">A port is in use, or an address cannot be bound.</exception>
    /// <exception cref="NotStartedException">Required plugins cannot be loaded.</exception>
    public async Task<IReadOnlyList<ChangeResult>> StartAsync(CancellationToken cancellationToken)
    {
        var config = server.Config;
        // A configuration from a file has been validated already; one created in code has not.
        OAuthCheck.ThrowIfWrong(config);
        _tls = TlsCertificate.Of(config, loggers, time);
        if (config.PluginDirs.IsEmpty && !server.HasOwn)
            _log.NoFolders();
        foreach (var folder in config.PluginDirs)
            _log.Folder(folder);
        var token = config.ManagementToken == "auto" ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) : config.ManagementToken;
        CheckPorts(config, server.Options.Management);
        // In parallel: most of the start time is compilation, of the code for clients' first requests by the JIT (here) and of the plugins (below).
        var stdio = config.Transport == Transport.Stdio;
        var beside = Task.Run(() => stdio ? new HandlerWarmUp(server.Servers, time).RunAsync() : OpenManagementAsync(config, token), CancellationToken.None);
        IReadOnlyList<ChangeResult> results;
        try
        {
            results = await server.StartAsync(warmUp: false, cancellationToken);
            NotStartedException.ThrowIf(config.Strict, server.Options.NeedsPlugin, results);
        }
        catch
        {
            await beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        await beside;
        // Over stdio the client is already waiting, so the endpoints for operators open while its first messages are handled. They get a thread of their own,
        // because the pool starts with only one thread per core.
        _ready = Task.Factory.StartNew(() => OpenAsync(config, token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        if (stdio)
            server.Gate?.Pages.ServeAt(UnlockPageAsync(_ready));
        else
            await _ready;
        return results;
    }

    /// <summary>Serves one client over a pair of streams until it disconnects or the token is canceled.</summary>
    /// <exception cref="BindException">The port of the management API cannot be bound; over stdio it is opened only after the start.</exception>
    public async Task ServeAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var serving = new StdioHost(server.Servers, input, output, server.Shutdown, loggers).RunAsync(ends.Token);
        try
        {
            await _ready;
        }
        catch
        {
            await ends.CancelAsync();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        await serving;
    }

    /// <summary>
    /// Stops: refuses new calls, lets running calls finish within the shutdown time, and closes the ports. Health and management respond until then.
    /// </summary>
    public async Task StopAsync()
    {
        server.Shutdown.Begin();
        // Before calls are drained: a load balancer sends its next request to another server if this one refuses it.
        _mcp?.BeginDrain();
        await server.StopAsync();
        if (_mcp is not null)
            await _mcp.DrainAsync(server.Shutdown.ForCancelled);
        // 300 ms beyond the deadline, so that even late listeners can close their connections properly.
        using var over = new CancellationTokenSource(server.Shutdown.Rest + TimeSpan.FromMilliseconds(300));
        await Task.WhenAll(_listeners.Select(listener => listener.StopAsync(over.Token)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _runFile?.Dispose();
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
    }

    // Before any plugin's code runs, so that a second proxy started by mistake does not run plugins.
    static void CheckPorts(McpScriptConfig config, bool management)
    {
        if (management)
            Listener.Check("management", "127.0.0.1", config.ManagementPort);
        if (config.Transport != Transport.Http)
            return;
        Listener.Check("MCP", config.Host, config.Port);
        Listener.Check("health", config.Host, config.HealthPort ?? 0);
    }

    async Task OpenAsync(McpScriptConfig config, string? token)
    {
        if (config.Transport == Transport.Http)
            await OpenHttpAsync(config, token);
        else
            await OpenManagementAsync(config, token);
        if (ManagementPort is { } management)
            LeaveRunFile(config, management, config.ManagementToken == "auto" ? token : null);
        _log.Ready(server.Options.Role, server.Registry.Plugins.Length, server.Registry.AllTools.Length + server.OwnTools, Places(config));
        server.WarmUp();
    }

    async Task<Uri?> UnlockPageAsync(Task ready)
    {
        // If the port cannot be bound, the server is about to stop.
        await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ManagementPort is { } port ? new($"http://127.0.0.1:{port}{UnlockPageEndpoints.Path}") : null;
    }

    async Task OpenManagementAsync(McpScriptConfig config, string? token)
    {
        if (!server.Options.Management)
            return;
        // Over stdio the management port is the only one that can serve the unlock page of the gate.
        var page = config.Transport == Transport.Stdio ? server.Gate : null;
        ManagementPort = await ListenAsync("management", "127.0.0.1", config.ManagementPort,
            app => app.MapManagement(server.Operations, server.Events, recent.Tail, token, page), services => services.AddManagement());
    }

    async Task OpenHttpAsync(McpScriptConfig config, string? managementToken)
    {
        var resource = ResourceServer.Of(config);
        _log.ReportAccess(config, resource);
        Port = await ListenAsync(
            RequestMonitor.Mcp, config.Host, config.Port, app => _mcp = Map(app, resource), services => AddResourceServer(services, resource), _tls);
        server.Gate?.Pages.ServeAt(Task.FromResult<Uri?>(new(config.OAuth.PublicUrl ?? new Uri(Origin(config)), config.PathBase + UnlockPageEndpoints.Path)));
        if (config.HealthPort is { } health)
            HealthPort = await ListenAsync("health", config.Host, health,
                app => app.MapHealth(
                    server.Operations, _requests, () => _mcp!.Sessions.Count, server.Readiness,
                    HealthDetailsPolicy.For(config, resource, managementToken), time),
                services => AddResourceServer(services, resource));
        server.Operations.Proxy.ListensAt(Port, HealthPort);
    }

    McpEndpoint Map(WebApplication app, ResourceServer? resource)
    {
        var options = Endpoint(server, time);
        if (resource is not null)
            app.UseResourceServer(options.Access);
        if (server.Gate is { IsOn: true } gate)
            app.MapUnlockPage(gate, options.Access.AllowedHosts, server.Config.PathBase);
        return resource is null ? app.MapMcp(options) : app.MapMcpWithTokens(options);
    }

    void AddResourceServer(IServiceCollection services, ResourceServer? resource)
    {
        if (resource is not null)
            services.AddResourceServer(resource, time);
    }

    // Browsers load the gate's unlock page from the public URL, and send it as Origin.
    static IEnumerable<string> OwnOrigin(McpScriptConfig config) => config.OAuth.PublicUrl is { } url ? [url.GetLeftPart(UriPartial.Authority)] : [];

    /// <summary>Returns the options of the MCP endpoint over HTTP, for a port of the server or a route of an application.</summary>
    internal static McpEndpointOptions Endpoint(McpScriptServer server, TimeProvider time)
    {
        var config = server.Config;
        var access = new HostAndOriginOptions();
        return new()
        {
            Servers = server.Servers,
            Pattern = config.McpPath,
            Access = access with
            {
                AllowedHosts = [.. config.AllowedHosts ?? Binding.NamesOf(config)],
                AllowedOrigins = [.. config.AllowedOrigins ?? [.. access.AllowedOrigins, .. OwnOrigin(config)]],
            },
            Sessions = new() { IdleTimeout = config.SessionIdleTimeout ?? TimeSpan.MaxValue, MaxSessions = config.MaxSessions },
            MaxRequestBody = config.MaxRequestBody,
            Time = time,
        };
    }

    void LeaveRunFile(McpScriptConfig config, int managementPort, string? token)
    {
        try
        {
            using var process = Process.GetCurrentProcess();
            _runFile = RunFile.Write(ProcessEnvironment.Home(ProcessEnvironment.Variables()), new()
            {
                Pid = process.Id, ProcessStartedAt = process.StartTime, StartedAt = time.GetLocalNow(),
                ManagementPort = managementPort, ManagementToken = token,
                Transport = server.Operations.Proxy.Transport, Port = Port, HealthPort = HealthPort,
                Folder = Environment.CurrentDirectory, PluginDirs = config.PluginDirs,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The home folder is read-only: the proxy still serves, but the command line needs --mgmt-port.
            _log.NoRunFile(e.Message);
        }
    }

    async Task<int> ListenAsync(
        string name, string host, int port, Action<WebApplication> map, Action<IServiceCollection>? services = null, TlsCertificate? tls = null)
    {
        void MapLogged(WebApplication app)
        {
            _requests.Use(app, name);
            map(app);
        }
        var listener = await Listener.StartAsync(name, host, port, MapLogged, loggers, TimeSpan.FromSeconds(2), services, tls);
        _listeners.Add(listener);
        return listener.Port;
    }

    string Places(McpScriptConfig config) => Port is null
        ? $"stdio{ManagementPlace}"
        : $"{Origin(config)}{config.McpPath}{ManagementPlace}, health {HealthPlace(config)}";

    string HealthPlace(McpScriptConfig config) => HealthPort is null ? "off" : $"http://{Binding.Shown(config.Host)}:{HealthPort}/health";

    string Origin(McpScriptConfig config) => $"{(config.IsTls ? "https" : "http")}://{Binding.Shown(config.Host)}:{Port}";

    string ManagementPlace => ManagementPort is null ? "" : $", management http://127.0.0.1:{ManagementPort}";
}
