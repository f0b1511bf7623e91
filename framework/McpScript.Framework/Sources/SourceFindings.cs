using System.Collections.Immutable;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>Findings of one source in one scan.</summary>
/// <param name="Plugins">Plugins of its kind, in folder order, then by name.</param>
sealed record SourceFindings(IReadOnlyList<PluginLocation> Plugins)
{
    /// <summary>Files and folders that look like a plugin of this kind and are none, such as a folder whose entry script has another name.</summary>
    public ImmutableArray<OverlookedPath> Overlooked { get; init; } = [];
}
