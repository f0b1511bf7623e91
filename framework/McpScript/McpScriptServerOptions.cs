using McpScript.CallLog;
using McpScript.Gates;
using McpScript.Unloading;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript;

/// <summary>What a host may hand to a server beside its configuration.</summary>
public sealed record McpScriptServerOptions
{
    /// <summary>What the program is, for its ready line: <c>Server</c>, <c>Proxy</c>, <c>Factory</c>.</summary>
    public string Role { get; init; } = "Server";

    /// <summary>Whether operators can change it while it runs: by the <c>proxy__</c> tools and, where it runs as a program, the management API.</summary>
    public bool Management { get; init; }

    /// <summary>Whether it is not to run without at least one plugin.</summary>
    public bool NeedsPlugin { get; init; }

    /// <summary>The services of the host, for its own tools, prompts and resources; plugins get what is shared with them. Null for none.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long retired generations may live on; for calls that a reload overtook, <c>drain_timeout</c> of the configuration decides.</summary>
    public RetirementOptions Retirement { get; init; } = new();

    /// <summary>Objects of the host that plugins may ask for as services.</summary>
    public IReadOnlyList<ServiceDescriptor> Shared { get; init; } = [];

    /// <summary>
    /// Loggers of the host's own that get every finished tool call, beside those of the configuration and without secrets; disposed with the server.
    /// </summary>
    public IReadOnlyList<IToolCallLogger> ToolLoggers { get; init; } = [];

    /// <summary>Look at every tool call before it runs, in this order; see <see cref="AddPreCallValidator(PreCallValidator)"/>.</summary>
    public IReadOnlyList<PreCallValidator> PreCallValidators { get; init; } = [];

    /// <summary>Where tool calls are logged unless the configuration says where; null for <c>~/.mcp_proxy/logs</c>.</summary>
    public string? LogFolder { get; init; }

    /// <summary>Where packages are kept; null for <c>~/.mcp_proxy/packages</c>.</summary>
    public string? PackageFolder { get; init; }

    /// <summary>Where the gate's secrets are; null for where the configuration says.</summary>
    public IGateSecrets? GateSecrets { get; init; }

    /// <summary>The .NET installation whose SDK fetches packages; null for the one that runs this.</summary>
    public string? DotnetRoot { get; init; }

    /// <summary>Where compiled scripts are kept unless the configuration says where; null for <c>~/.mcp_proxy/cache</c>.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The same options, and an object that every plugin may ask for as a service of type <typeparamref name="T"/>.</summary>
    public McpScriptServerOptions ShareWithPlugins<T>(T instance) where T : class => this with { Shared = [.. Shared, ServiceDescriptor.Singleton(instance)] };

    /// <summary>The same options, and a validator that looks at every tool call before it runs.</summary>
    public McpScriptServerOptions AddPreCallValidator(PreCallValidator validator) => this with { PreCallValidators = [.. PreCallValidators, validator] };

    /// <inheritdoc cref="AddPreCallValidator(PreCallValidator)"/>
    /// <param name="validator">Returns why the call is refused, or null to let it through.</param>
    public McpScriptServerOptions AddPreCallValidator(Func<PendingCall, string?> validator) => AddPreCallValidator((call, _) => new ValueTask<string?>(validator(call)));
}
