using System.Collections.Immutable;
using System.Text.Json.Nodes;
using McpScript.FileSystem;

namespace McpScript.Model;

/// <summary>Settings of one plugin, as they were read.</summary>
/// <param name="Values">The settings with expanded variables; the caller's own copy.</param>
/// <param name="Origin">Source of the settings, for error texts.</param>
/// <param name="Files">The files that were read, missing ones included; a change of any of them can mean other settings.</param>
sealed record PluginSettings(JsonObject Values, string Origin, ImmutableArray<SourceFile> Files)
{
    /// <summary>Original texts of values that JSON writes differently, such as <c>NO</c> for false, by their path (<see cref="JsonNode.GetPath"/>).</summary>
    public ImmutableDictionary<string, string> Written { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Prefix of the plugin's tool names, without the underscore that follows; null for none.</summary>
    public string? Prefix { get; init; }

    /// <summary>No settings.</summary>
    public static PluginSettings None => new([], "the configuration", []);

    /// <summary>Formats without the values, which may be secrets.</summary>
    public override string ToString() => $"{nameof(PluginSettings)} {{ Origin = {Origin} }}";
}
