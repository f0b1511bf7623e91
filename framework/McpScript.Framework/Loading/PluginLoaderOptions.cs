using System.Globalization;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Loading;

/// <summary>Limits of the loader, and what the host provides to plugins.</summary>
sealed record PluginLoaderOptions
{
    /// <summary>How long a registration may take; after that it is abandoned and reported. Default 30 s.</summary>
    public TimeSpan RegisterTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a value of <c>mcp.PerSession</c> may lie unused, unless the plugin says otherwise; null for ever. Default 2 h.</summary>
    public TimeSpan? SessionIdleTimeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Current culture of all plugin code. Default: the invariant culture.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Groups that tools may be guarded with.</summary>
    public required IGuardGroups Guards { get; init; }

    /// <summary>Objects of the host that every plugin may ask for as services; see <c>ShareWithPlugins</c>.</summary>
    public IReadOnlyList<ServiceDescriptor> Shared { get; init; } = [];
}
