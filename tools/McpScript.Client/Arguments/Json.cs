using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpScript.Client.Arguments;

/// <summary>JSON for the terminal: non-ASCII characters are not escaped.</summary>
static class Json
{
    /// <summary>Options for indented JSON.</summary>
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Formats a value as indented JSON.</summary>
    public static string Pretty(JsonElement value) => JsonSerializer.Serialize(value, Indented);

    /// <summary>Formats a value as JSON on one line.</summary>
    public static string Compact(JsonElement value) => JsonSerializer.Serialize(value, OneLine);

    /// <summary>Formats a value as JSON on one line; <c>null</c> if there is none.</summary>
    public static string Compact(JsonNode? value) => value?.ToJsonString(OneLine) ?? "null";

    /// <summary>Formats a value on one line: a string without quotes, other values as JSON.</summary>
    public static string Inline(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : Compact(value);

    /// <summary>Parses a text as JSON; null if it is not valid JSON.</summary>
    public static JsonElement? TryRead(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Typed text need not be JSON; the caller decides.
            return null;
        }
    }

    /// <summary>Gets a member of an object; false if the value is not an object or has no such member.</summary>
    public static bool TryGetMember(this JsonElement value, string name, out JsonElement member)
    {
        member = default;
        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out member);
    }

    /// <summary>Gets a member that is a string; otherwise null.</summary>
    public static string? TextOf(this JsonElement value, string name) =>
        value.TryGetMember(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
