using System.Globalization;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Loading;

/// <summary>Limits of the loader, and what the host provides to plugins.</summary>
sealed record PluginLoaderOptions
{
    /// <summary>Time limit of a registration, after which it is abandoned and reported. Default: 30 s.</summary>
    public TimeSpan RegisterTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time after which an unused value of <c>mcp.PerSession</c> is disposed of; null for no limit. A plugin can set its own. Default: 2 h.</summary>
    public TimeSpan? SessionIdleTimeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Current culture of all plugin code. Default: the invariant culture.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Groups that tools may be guarded with.</summary>
    public required IGuardGroups Guards { get; init; }

    /// <summary>Objects of the host that plugins can use as services; see <c>ShareWithPlugins</c>.</summary>
    public IReadOnlyList<ServiceDescriptor> Shared { get; init; } = [];
}
