using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace McpScript.Plugins;

/// <summary>What the configuration says of one plugin.</summary>
/// <param name="Values">The plugin's own settings.</param>
/// <param name="Origin">Where they stand, for error texts.</param>
/// <param name="Files">The files that were looked at, missing ones included; a change of any of them may change the settings.</param>
public sealed record PluginSettings(JsonObject Values, string Origin, ImmutableArray<SourceFile> Files)
{
    /// <summary>No settings.</summary>
    public static PluginSettings None { get; } = new([], "the configuration", []);
}
