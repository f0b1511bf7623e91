using McpScript.CallLog;
using McpScript.Gates;
using McpScript.Unloading;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript;

/// <summary>Options that a host passes to a server in addition to its configuration.</summary>
public sealed record McpScriptServerOptions
{
    /// <summary>
    /// Role of the program: <c>Server</c> (the default), <c>Proxy</c> or <c>Factory</c>. Begins the ready line; in lower case after <c>mcp-</c> it is the
    /// program's name in telemetry.
    /// </summary>
    public string Role { get; init; } = "Server";

    /// <summary>
    /// True if operators can change the server while it runs: with the <c>proxy__</c> tools and, if it opens its own transport, with the management API.
    /// Default: false.
    /// </summary>
    public bool Management { get; init; }

    /// <summary>True if the server must not start without at least one loaded plugin. Default: false.</summary>
    public bool NeedsPlugin { get; init; }

    /// <summary>True if neither a signal nor the service manager reloads configuration and plugins, as in <c>mcp-factory</c>. Default: false.</summary>
    internal bool IsStatic { get; init; }

    /// <summary>Services of the host, for its own tools, prompts and resources; null for none. Plugins get only those in <see cref="Shared"/>.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>The clock. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Times for the retirement of generations. <see cref="RetirementOptions.ReloadDrain"/> has no effect here: <c>drain_timeout</c> of the configuration
    /// replaces it.
    /// </summary>
    public RetirementOptions Retirement { get; init; } = new();

    /// <summary>Objects of the host that plugins can resolve as services.</summary>
    public IReadOnlyList<ServiceDescriptor> Shared { get; init; } = [];

    /// <summary>
    /// The host's own loggers, in addition to those of the configuration. They receive every finished tool call, with secrets redacted, and are disposed with
    /// the server. With <c>tool_log: off</c> they receive nothing.
    /// </summary>
    public IReadOnlyList<IToolCallLogger> ToolLoggers { get; init; } = [];

    /// <summary>Validators that check every tool call before it runs, in this order; see <see cref="AddPreCallValidator(PreCallValidator)"/>.</summary>
    public IReadOnlyList<PreCallValidator> PreCallValidators { get; init; } = [];

    /// <summary>Folder of the tool call log, unless the configuration names one; null for <c>logs</c> in the state folder (<c>~/.mcp_proxy</c>).</summary>
    public string? LogFolder { get; init; }

    /// <summary>Folder of the packages; null for <c>packages</c> in the state folder (<c>~/.mcp_proxy</c>).</summary>
    public string? PackageFolder { get; init; }

    /// <summary>Store of the gate's secrets; null for the one that the configuration names.</summary>
    public IGateSecrets? GateSecrets { get; init; }

    /// <summary>Folder of the .NET installation whose SDK restores packages; null for the one that runs this process.</summary>
    public string? DotnetRoot { get; init; }

    /// <summary>Folder of compiled scripts, unless the configuration names one; null for <c>cache</c> in the state folder (<c>~/.mcp_proxy</c>).</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Returns these options with another object that every plugin can resolve as a service of type <typeparamref name="T"/>.</summary>
    public McpScriptServerOptions ShareWithPlugins<T>(T instance) where T : class => this with { Shared = [.. Shared, ServiceDescriptor.Singleton(instance)] };

    /// <summary>Returns these options with another validator, which checks every tool call before it runs.</summary>
    public McpScriptServerOptions AddPreCallValidator(PreCallValidator validator) => this with { PreCallValidators = [.. PreCallValidators, validator] };

    /// <inheritdoc cref="AddPreCallValidator(PreCallValidator)"/>
    /// <param name="validator">Returns the reason for refusing the call, or null to allow it.</param>
    public McpScriptServerOptions AddPreCallValidator(Func<PendingCall, string?> validator) =>
        AddPreCallValidator((call, _) => new ValueTask<string?>(validator(call)));
}
