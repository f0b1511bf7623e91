using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace McpScript.Configuration;

/// <summary>One entry of <c>plugins</c>: what the host is told about a plugin, and the plugin's own settings.</summary>
public sealed record PluginEntry
{
    readonly JsonObject _settings = [];

    /// <summary><c>enabled</c>: false keeps the plugin from being loaded.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>prefix</c>: what the names of its tools begin with.</summary>
    public PluginPrefix Prefix { get; init; } = PluginPrefix.Automatic;

    /// <summary><c>path</c>: the absolute path of a file or folder outside the plugin folders; null if it is looked for in those.</summary>
    public string? Path { get; init; }

    /// <summary><c>unknown_arguments</c>; null for what holds for all plugins.</summary>
    public UnknownArgumentRule? UnknownArguments { get; init; }

    /// <summary>All other keys. Each time a copy, for JSON objects can be changed and this record cannot.</summary>
    public JsonObject Settings
    {
        get => (JsonObject)_settings.DeepClone();
        init => _settings = (JsonObject)value.DeepClone();
    }

    /// <summary>The texts of those settings that JSON writes otherwise, such as <c>NO</c> for false, by their path.</summary>
    public ImmutableDictionary<string, string> Written { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <inheritdoc/>
    public bool Equals(PluginEntry? other) =>
        other is not null && Enabled == other.Enabled && Prefix == other.Prefix && Path == other.Path && UnknownArguments == other.UnknownArguments
        && JsonNode.DeepEquals(_settings, other._settings)
        && Written.Count == other.Written.Count && !Written.Except(other.Written).Any();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Enabled, Prefix, Path, UnknownArguments, _settings.Count);

    /// <summary>Says nothing of the settings: they may hold secrets.</summary>
    public override string ToString() => $"{nameof(PluginEntry)} {{ Enabled = {Enabled}, Path = {Path}, Settings = {_settings.Count} }}";
}
