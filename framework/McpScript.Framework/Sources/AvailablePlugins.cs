using System.Collections.Immutable;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>What the sources offer at one moment.</summary>
/// <param name="Plugins">Each name once.</param>
/// <param name="Shadowed">Plugins that a stronger source hides, and by which.</param>
sealed record AvailablePlugins(ImmutableArray<PluginLocation> Plugins, ImmutableArray<(PluginLocation Hidden, PluginLocation By)> Shadowed);
