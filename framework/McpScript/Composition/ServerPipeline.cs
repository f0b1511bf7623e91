using McpScript.Configuration;
using McpScript.Gates;
using McpScript.Hosting;
using McpScript.Invocation;
using McpScript.Invocation.Arguments;
using McpScript.Invocation.Limits;
using McpScript.Management;
using McpScript.Protocol;

namespace McpScript.Composition;

/// <summary>Path of a call: from a request of a client to a tool, and back.</summary>
sealed class ServerPipeline : IAsyncDisposable
{
    readonly CallLimits _limits;

    /// <summary>Serves no client yet.</summary>
    public ServerPipeline(ServerSetup setup, PluginRuntime runtime, ServerManagement management, Gate? gate)
    {
        var served = runtime.Served;
        _limits = new(setup.Config.Limits, setup.Time);
        var flow = new InputRequiredFlow();
        var invoker = new PluginInvoker(served, flow, setup.HostServiceProvider);
        // The order of a tool call, outermost first: the one place to see it.
        ICallFilter[] filters =
        [
            new CallSpans(setup.Time),                                         // refused calls are spans too
            management.CallLog,                                                // and entries
            new DynamicDispatch(served, management.Statics),                   // proxy__run becomes the call that it stands for
            .. ManagementScopes(setup.Config),                                 // who may change the proxy
            _limits,                                                           // size, rate, time, calls at once
            flow,                                                              // a stateless call may be suspended for its client's answer, or be the answer
            invoker,                                                           // from here on, one generation
            new ArgumentCheck(new(() => setup.Configuration.Current, served, setup.Log<UnknownArguments>())), // a wrong argument is explained, not hidden
            new PreCallValidators(                                             // they see arguments that fit
                served, setup.Options.PreCallValidators, () => setup.Configuration.Current.Validators, setup.Log<PreCallValidators>()),
            .. gate is { IsOn: true } ? [new GateFilter(gate)] : Array.Empty<ICallFilter>(), // innermost before the tool, whatever way the call came
            new ArgumentBinding(setup.Log<ArgumentBinding>()),                 // explains errors that only .NET finds in an argument
        ];
        Servers = new McpServers(served, new CallPipeline(filters, served), invoker, runtime.Notifier, Presentation(setup.Config), setup.Loggers);
    }

    /// <summary>Creates the MCP servers for transports.</summary>
    public McpServers Servers { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _limits.DisposeAsync();

    static IEnumerable<ICallFilter> ManagementScopes(McpScriptConfig config) =>
        config.OAuth is { IsInForce: true, ManagementScope: { } scope } ? [new ManagementScope(scope, allowsAnonymous: !config.NeedsToken)] : [];

    static ServingOptions Presentation(McpScriptConfig config) => new()
    {
        ServerInfo = new() { Name = config.ServerName ?? "MCP Server", Version = config.Version ?? ProductVersion.Text },
        Instructions = config.Instructions,
        PageSize = config.PageSize,
    };
}
