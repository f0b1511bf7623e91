using McpScript.Checking;
using McpScript.Configuration;
using McpScript.Invocation;
using McpScript.Management;

namespace McpScript.Composition;

/// <summary>Everything that operators use: status, management operations, events, the call log and readiness.</summary>
sealed class ServerManagement : IAsyncDisposable
{
    /// <summary>Creates the parts; events and readiness follow the registry from here on.</summary>
    public ServerManagement(ServerSetup setup, ServerSources sources, PluginRuntime runtime, ServerGate gate)
    {
        var config = setup.Config;
        Events = new(runtime.Registry, setup.Time);
        CallLog = CallLogs.Open(config, setup.Options, Events, setup.Loggers);
        Check = new(runtime.Registry, sources.All);
        Readiness = new(runtime.Registry, runtime.Reconciler, runtime.Shutdown, config.RequirePlugins);
        var verification = new LiveVerification(sources.PackageSource, sources.Installed, runtime.Registry, runtime.Desired);
        Operations = new(runtime.Registry, sources.All, sources.Settings, Statics, Description(config), setup.Time)
        {
            CallLog = CallLog,
            Gate = gate.Gate is null ? null : new(gate.Gate, runtime.Served, oneClient: config.Transport == Transport.Stdio),
            Packages = new(sources.Packages, sources.Installed, verification, config.Packages, sources.PackageOptions.Sources),
        };
    }

    /// <summary>Operations on the running server.</summary>
    public ProxyOperations Operations { get; }

    /// <summary>Events of the running server.</summary>
    public ProxyEvents Events { get; }

    /// <summary>The log of tool calls.</summary>
    public ToolCallLog CallLog { get; }

    /// <summary>Check of plugins without serving them.</summary>
    public PluginCheck Check { get; }

    /// <summary>Readiness of the server.</summary>
    public Readiness Readiness { get; }

    /// <summary>Tools that clients have known since the start.</summary>
    public StaticTools Statics { get; } = new();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => CallLog.DisposeAsync();

    static ProxyDescription Description(McpScriptConfig config) => new()
    {
        Server = config.ServerName ?? "MCP Server",
        Transport = config.Transport == Transport.Stdio ? "stdio" : "http",
        DynamicDispatch = config.DynamicDispatch,
    };
}
