using McpScript.Configuration;
using McpScript.Gates;
using McpScript.Hosting;
using McpScript.Invocation;
using McpScript.Invocation.Arguments;
using McpScript.Invocation.Limits;
using McpScript.Management;
using McpScript.Protocol;

namespace McpScript.Composition;

/// <summary>Pipeline of tool calls: the filters between a client's request and the tool, in order.</summary>
sealed class ServerPipeline : IAsyncDisposable
{
    static readonly ICallFilter[] Off = [];

    readonly CallLimits? _limits;

    /// <summary>Creates the pipeline; no client is served yet.</summary>
    public ServerPipeline(ServerSetup setup, PluginRuntime runtime, ServerManagement management, Gate? gate)
    {
        var (served, config) = (runtime.Served, setup.Config);
        _limits = config.Limits.IsEmpty ? null : new(config.Limits, setup.Time);
        var flow = new InputRequiredFlow();
        var invoker = new PluginInvoker(served, flow, setup.HostServiceProvider);
        // The order of the filters of a tool call, outermost first. It is defined here only. Filters that are not configured are left out.
        var spans = new CallSpans(setup.Time);                                 // first, so that refused calls have spans too; only with a listener
        ICallFilter[] filters =
        [
            management.CallLog,                                                // also logs refused calls
            .. config.DynamicDispatch ? [new DynamicDispatch(served, management.Statics)] : Off, // replaces a proxy__run call by the requested call
            .. ManagementScopes(config),                                       // checks the scope for changing the proxy
            .. _limits is null ? Off : [_limits],                              // size, rate, time, concurrent calls
            flow,                                                              // suspends a stateless call until its client answers, and resumes it
            invoker,                                                           // selects the generation that runs the call
            new ArgumentCheck(new(() => setup.Configuration.Current, served, setup.Log<UnknownArguments>())), // explains wrong arguments
            new PreCallValidators(                                             // run after the argument check
                served, setup.Options.PreCallValidators, () => setup.Configuration.Current.Validators, setup.Log<PreCallValidators>()),
            .. gate is { IsOn: true } ? [new GateFilter(gate)] : Off,          // last check before the tool, however it was called
            new ArgumentBinding(setup.Log<ArgumentBinding>()),                 // explains arguments that pass the schema but that .NET rejects
        ];
        var pipeline = new CallPipeline(filters, served, observer: spans);
        Servers = new McpServers(served, pipeline, invoker, runtime.Notifier, Presentation(config), setup.Loggers);
    }

    /// <summary>Creates the MCP servers for transports.</summary>
    public McpServers Servers { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _limits?.DisposeAsync() ?? default;

    static IEnumerable<ICallFilter> ManagementScopes(McpScriptConfig config) =>
        config.OAuth is { IsInForce: true, ManagementScope: { } scope } ? [new ManagementScope(scope, allowsAnonymous: !config.NeedsToken)] : [];

    static ServingOptions Presentation(McpScriptConfig config) => new()
    {
        ServerInfo = new() { Name = config.ServerName ?? "MCP Server", Version = config.Version ?? ProductVersion.Text },
        Instructions = config.Instructions,
        PageSize = config.PageSize,
    };
}
