using System.Collections.Immutable;
using System.Text.Json.Nodes;
using McpScript.FileSystem;

namespace McpScript.Model;

/// <summary>A plugin's own settings as they were found.</summary>
/// <param name="Values">The settings, variables expanded; the caller's own copy.</param>
/// <param name="Origin">Where they were found, for error texts.</param>
/// <param name="Files">The files that were looked at, missing ones included; a change of any of them can mean other settings.</param>
sealed record PluginSettings(JsonObject Values, string Origin, ImmutableArray<SourceFile> Files)
{
    /// <summary>The texts of those values that JSON writes otherwise, such as <c>NO</c> for false, by their path (<see cref="JsonNode.GetPath"/>).</summary>
    public ImmutableDictionary<string, string> Written { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>No settings.</summary>
    public static PluginSettings None => new([], "the configuration", []);

    /// <summary>Says nothing of the values: they may hold secrets.</summary>
    public override string ToString() => $"{nameof(PluginSettings)} {{ Origin = {Origin} }}";
}
