using McpScript.Calls;
using McpScript.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript;

/// <summary>What a host may hand to a server beside its configuration.</summary>
public sealed record McpScriptServerOptions
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long retired generations may live on; for calls that a reload overtook, <c>drain_timeout</c> of the configuration decides.</summary>
    public RetirementOptions Retirement { get; init; } = new();

    /// <summary>Objects of the host that plugins may ask for as services.</summary>
    public IReadOnlyList<ServiceDescriptor> Shared { get; init; } = [];

    /// <summary>Loggers of the host's own that get every finished tool call, beside those of the configuration and without secrets; disposed with the server.</summary>
    public IReadOnlyList<IToolCallLogger> ToolLoggers { get; init; } = [];

    /// <summary>Where tool calls are logged unless the configuration says where; null for <c>~/.mcp_proxy/logs</c>.</summary>
    public string? LogFolder { get; init; }

    /// <summary>Where packages are kept; null for <c>~/.mcp_proxy/packages</c>.</summary>
    public string? PackageFolder { get; init; }

    /// <summary>The .NET installation whose SDK fetches packages; null for the one that runs this.</summary>
    public string? DotnetRoot { get; init; }

    /// <summary>Where compiled scripts are kept unless the configuration says where; null for <c>~/.mcp_proxy/cache</c>.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The same options, and an object that every plugin may ask for as a service of type <typeparamref name="T"/>.</summary>
    public McpScriptServerOptions ShareWithPlugins<T>(T instance) where T : class => this with { Shared = [.. Shared, ServiceDescriptor.Singleton(instance)] };
}
