using System.Text.Json;

namespace McpScript.Loading.Primitives;

/// <summary>Results of management commands as text.</summary>
static class CommandText
{
    /// <summary>Formats a result: text unchanged, null as an empty text, everything else as JSON.</summary>
    public static string Of<T>(T result, JsonSerializerOptions json) => result switch
    {
        null => "",
        string text => text,
        _ => JsonSerializer.Serialize(result, json),
    };
}
