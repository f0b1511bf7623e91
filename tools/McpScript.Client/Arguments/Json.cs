using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpScript.Client.Arguments;

/// <summary>JSON as people read and write it.</summary>
static class Json
{
    /// <summary>Over several lines, letters as they are.</summary>
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly JsonSerializerOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value over several lines.</summary>
    public static string Pretty(JsonElement value) => JsonSerializer.Serialize(value, Indented);

    /// <summary>A value in one line.</summary>
    public static string Compact(JsonElement value) => JsonSerializer.Serialize(value, s_compact);

    /// <summary>A value in one line.</summary>
    public static string Compact(JsonNode? value) => value?.ToJsonString(s_compact) ?? "null";

    /// <summary>A value in one line, a text without its quotes.</summary>
    public static string Inline(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : Compact(value);

    /// <summary>What a text says as JSON; null if it is none.</summary>
    public static JsonElement? TryRead(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // People also write plain texts; the caller knows what to make of them.
            return null;
        }
    }

    /// <summary>A member of an object; none if the value is no object.</summary>
    public static bool TryGetMember(this JsonElement value, string name, out JsonElement member)
    {
        member = default;
        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out member);
    }

    /// <summary>A member that is a text.</summary>
    public static string? TextOf(this JsonElement value, string name) => value.TryGetMember(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
