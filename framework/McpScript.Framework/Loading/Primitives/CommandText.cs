using System.Text.Json;

namespace McpScript.Loading.Primitives;

/// <summary>Results of management commands as operators see them.</summary>
static class CommandText
{
    /// <summary>Text as it is, null as an empty text, all else as JSON.</summary>
    public static string Of<T>(T result, JsonSerializerOptions json) => result switch
    {
        null => "",
        string text => text,
        _ => JsonSerializer.Serialize(result, json),
    };
}
