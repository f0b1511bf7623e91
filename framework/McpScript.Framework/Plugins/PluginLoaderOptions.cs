using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Plugins;

/// <summary>What the loader may be told.</summary>
public sealed record PluginLoaderOptions
{
    /// <summary>How long a registration may take; after that it is abandoned and reported. Default 30 s.</summary>
    public TimeSpan RegisterTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Objects of the host that every plugin may ask for as services; see <c>ShareWithPlugins</c>.</summary>
    public IReadOnlyList<ServiceDescriptor> Shared { get; init; } = [];
}
