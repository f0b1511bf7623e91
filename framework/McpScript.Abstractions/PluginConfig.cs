using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace McpScript;

/// <summary>A plugin's settings: from <c>&lt;plugin-dir&gt;/&lt;name&gt;/config.yaml</c>, else <c>plugins.&lt;name&gt;</c> of the main configuration; empty if neither is there.</summary>
public sealed class PluginConfig
{
    readonly JsonObject _values;
    readonly JsonSerializerOptions _options;

    /// <summary>Settings over parsed values.</summary>
    /// <param name="values">The mapping as read, variables already expanded.</param>
    /// <param name="origin">Where the settings were read from, for error texts.</param>
    /// <param name="options">What types are read with; the plugin's own, so that the host's caches do not hold its types.</param>
    public PluginConfig(JsonObject values, string origin, JsonSerializerOptions options)
    {
        _values = values;
        Origin = origin;
        _options = new JsonSerializerOptions(options)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            PropertyNameCaseInsensitive = true,
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        // Enums are written in snake case in YAML. First, because the copied options bring a converter of their own.
        _options.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
    }

    /// <summary>Where the settings were read from.</summary>
    public string Origin { get; }

    /// <summary>The plugin's own folder, absolute, where it finds its files; for tool classes that have no <c>mcp</c>. Empty in a configuration that was made in code.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The top-level keys.</summary>
    public IEnumerable<string> Keys => _values.Select(pair => pair.Key);

    /// <summary>The value at a path such as <c>limits.size</c> as text, or null when there is none.</summary>
    public string? this[string path] => Find(path) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.String => value.GetValue<string>(),
        var node => node.ToJsonString(),
    };

    /// <summary>The value at a path such as <c>limits.size</c>, or <paramref name="fallback"/> when there is none.</summary>
    /// <exception cref="PluginConfigException">The value does not fit <typeparamref name="T"/>.</exception>
    public T? Get<T>(string path, T? fallback = default) => Find(path) is { } node ? Read<T>(node, path) : fallback;

    /// <summary>All settings as one object; keys in snake case, such as <c>api_key</c> for <c>ApiKey</c>.</summary>
    /// <exception cref="PluginConfigException">A value does not fit, a required one is missing, or a key has no property.</exception>
    public T Bind<T>() => Read<T>(_values, "");

    JsonNode? Find(string path)
    {
        JsonNode? node = _values;
        foreach (var key in path.Split('.'))
            node = (node as JsonObject)?[key];
        return node;
    }

    T Read<T>(JsonNode node, string path)
    {
        try
        {
            return node.Deserialize<T>(_options) ?? throw new JsonException("The value is null.");
        }
        catch (JsonException e)
        {
            var inner = e.Path?.TrimStart('$').TrimStart('.');
            var key = string.Join('.', new[] { path, inner }.Where(part => !string.IsNullOrEmpty(part)));
            throw new PluginConfigException(key, Origin, e);
        }
    }
}
