using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace McpScript.CallLog;

/// <summary>Converts any object to JSON; an object that JSON cannot represent becomes the name of its type.</summary>
static class LoggableValue
{
    const int Deepest = 16;

    // An enumerable may be endless.
    const int MostItems = 1000;

    static readonly JsonSerializerOptions s_options = new()
    {
        MaxDepth = 32,
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Returns the value as JSON.</summary>
    public static JsonElement Of(object? value) => value is JsonElement { ValueKind: not JsonValueKind.Undefined } element
        ? element.Clone()
        : JsonSerializer.SerializeToElement(Node(value, 0), s_options);

    static JsonNode? Node(object? value, int depth)
    {
        try
        {
            return value switch
            {
                null => null,
                JsonElement { ValueKind: JsonValueKind.Undefined } => null,
                JsonElement element => JsonNode.Parse(element.GetRawText()),
                JsonNode node => node.DeepClone(),
                JsonDocument document => JsonNode.Parse(document.RootElement.GetRawText()),
                string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or decimal => JsonValue.Create(value),
                double number => double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
                float number => float.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
                byte[] bytes => JsonValue.Create($"[{bytes.Length} bytes]"),
                Enum word => JsonValue.Create(word.ToString()),
                _ when depth > Deepest => JsonValue.Create("..."),
                IDictionary map => Object(map, depth),
                IEnumerable items => Array(items, depth),
                // Serializing a plugin's own type would keep its load context in memory for ever.
                _ when value.GetType().IsCollectible => Name(value),
                _ => JsonSerializer.SerializeToNode(value, value.GetType(), s_options),
            };
        }
        catch (Exception)
        {
            // Expected for streams, servers, delegates, or getters that throw: no parameter may prevent the log entry.
            return Name(value!);
        }
    }

    static JsonObject Object(IDictionary map, int depth)
    {
        var result = new JsonObject();
        foreach (DictionaryEntry entry in map)
            result[Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? ""] = Node(entry.Value, depth + 1);
        return result;
    }

    static JsonArray Array(IEnumerable items, int depth)
    {
        var result = new JsonArray();
        foreach (var item in items)
        {
            if (result.Count == MostItems)
            {
                result.Add("...");
                break;
            }
            result.Add(Node(item, depth + 1));
        }
        return result;
    }

    static JsonValue Name(object value) => JsonValue.Create($"<{value.GetType().Name}>");
}
