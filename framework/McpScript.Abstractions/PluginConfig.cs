using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace McpScript;

/// <summary>
/// A plugin's settings, from <c>&lt;plugin-dir&gt;/&lt;name&gt;/config.yaml</c>, else from <c>plugins.&lt;name&gt;</c> of the main configuration; empty if
/// both are missing.
/// </summary>
public sealed class PluginConfig
{
    readonly JsonObject _values;
    readonly JsonSerializerOptions _options;
    readonly IReadOnlyDictionary<string, string> _written;

    /// <summary>Creates settings from parsed values.</summary>
    /// <param name="values">The mapping as parsed, with variables expanded.</param>
    /// <param name="origin">The source of the settings, for error texts.</param>
    /// <param name="options">The options for reading types; the plugin's own, so that the host's caches do not hold its types.</param>
    /// <param name="written">The original texts of values that JSON writes in another way, such as <c>NO</c> for false or <c>01234</c> for 1234, by their
    /// path; null for none.</param>
    public PluginConfig(JsonObject values, string origin, JsonSerializerOptions options, IReadOnlyDictionary<string, string>? written = null)
    {
        _values = values;
        _written = written ?? new Dictionary<string, string>();
        Origin = origin;
        _options = new JsonSerializerOptions(options)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            PropertyNameCaseInsensitive = true,
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        // Enums are written in snake case in YAML. Inserted first, because the copied options contain another converter for enums.
        _options.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
    }

    /// <summary>The source of the settings.</summary>
    public string Origin { get; }

    /// <summary>
    /// The absolute path of the plugin's folder, for its files; for tool classes, which have no <c>mcp</c>. Empty in a configuration that was created in code.
    /// </summary>
    public string Folder { get; init; } = "";

    /// <summary>The top-level keys.</summary>
    public IEnumerable<string> Keys => _values.Select(pair => pair.Key);

    /// <summary>The value at a path such as <c>limits.size</c> as text; null if there is none.</summary>
    public string? this[string path] => Find(path) switch
    {
        null => null,
        JsonValue value => TextOf(value),
        var node => node.ToJsonString(),
    };

    /// <summary>Returns the value at a path such as <c>limits.size</c>, or <paramref name="fallback"/> if there is none.</summary>
    /// <remarks>Text is returned as written in the file: <c>NO</c>, <c>01234</c> and <c>1.10</c> need no quotes.</remarks>
    /// <exception cref="PluginConfigException">The value does not fit <typeparamref name="T"/>.</exception>
    public T? Get<T>(string path, T? fallback = default) => Find(path) is { } node ? Read<T>(node, path) : fallback;

    /// <summary>Returns all settings as one object; keys are in snake case, such as <c>api_key</c> for <c>ApiKey</c>.</summary>
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
            return Shaped(node, typeof(T)).Deserialize<T>(_options) ?? throw new JsonException("The value is null.");
        }
        catch (JsonException e)
        {
            var inner = e.Path?.TrimStart('$').TrimStart('.');
            var key = string.Join('.', new[] { path, inner }.Where(part => !string.IsNullOrEmpty(part)));
            throw new PluginConfigException(key, Origin, e);
        }
    }

    // YAML assigns a type by the form of a value, before its use is known. A member of a text type gets the text as written.
    JsonNode? Shaped(JsonNode? node, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return node switch
        {
            JsonValue value when IsText(type) => JsonValue.Create(TextOf(value)),
            JsonObject mapping => new JsonObject(mapping.Select(pair => KeyValuePair.Create(pair.Key, Shaped(pair.Value, MemberType(type, pair.Key))))),
            JsonArray list => new JsonArray([.. list.Select(item => Shaped(item, ElementType(type)))]),
            _ => node?.DeepClone(),
        };
    }

    string TextOf(JsonValue value) => value.GetValueKind() == JsonValueKind.String
        ? value.GetValue<string>()
        : _written.TryGetValue(value.GetPath(), out var text) ? text : value.ToJsonString();

    static bool IsText(Type type) =>
        type.IsEnum || type == typeof(string) || type == typeof(char) || type == typeof(Uri) || type == typeof(Version) || type == typeof(Guid)
        || type == typeof(TimeSpan) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly);

    Type MemberType(Type type, string key)
    {
        var info = _options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => info.Properties
                .FirstOrDefault(property => string.Equals(property.Name, key, StringComparison.OrdinalIgnoreCase))?.PropertyType,
            JsonTypeInfoKind.Dictionary => info.ElementType,
            _ => null,
        } ?? typeof(JsonNode);
    }

    Type ElementType(Type type) =>
        _options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } ? element : typeof(JsonNode);
}
