using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace McpScript.Configuration;

/// <summary>One entry of <c>plugins</c>: settings of the host for a plugin, and the plugin's own settings.</summary>
public sealed record PluginEntry
{
    readonly JsonObject _settings = [];

    /// <summary><c>enabled</c>: false keeps the plugin from being loaded.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>prefix</c>: the prefix of its tool names.</summary>
    public PluginPrefix Prefix { get; init; } = PluginPrefix.Automatic;

    /// <summary><c>path</c>: the absolute path of a file or folder outside the plugin folders; null to search the plugin folders.</summary>
    public string? Path { get; init; }

    /// <summary><c>unknown_arguments</c>; null for the general setting.</summary>
    public UnknownArgumentRule? UnknownArguments { get; init; }

    /// <summary>All other keys. Returns a copy each time, because JSON objects are mutable and this record is not.</summary>
    public JsonObject Settings
    {
        get => (JsonObject)_settings.DeepClone();
        init => _settings = (JsonObject)value.DeepClone();
    }

    /// <summary>The original texts of settings that JSON writes in another way, such as <c>NO</c> for false, by their path.</summary>
    public ImmutableDictionary<string, string> Written { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <inheritdoc/>
    public bool Equals(PluginEntry? other) =>
        other is not null && Enabled == other.Enabled && Prefix == other.Prefix && Path == other.Path && UnknownArguments == other.UnknownArguments
        && JsonNode.DeepEquals(_settings, other._settings)
        && Written.Count == other.Written.Count && !Written.Except(other.Written).Any();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Enabled, Prefix, Path, UnknownArguments, _settings.Count);

    /// <summary>Omits the settings: they may hold secrets.</summary>
    public override string ToString() => $"{nameof(PluginEntry)} {{ Enabled = {Enabled}, Path = {Path}, Settings = {_settings.Count} }}";
}
