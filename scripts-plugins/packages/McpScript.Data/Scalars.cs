using System.Globalization;
using System.Text.Json.Nodes;

namespace McpScript.Data;

/// <summary>What a single value means that is written without quotes.</summary>
static class Scalars
{
    /// <summary>A number, true, false or null where the text is one, else the text.</summary>
    public static JsonNode? Read(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => true,
        "false" => false,
        _ => NumberOf(text) is { } number ? JsonValue.Create(number) : text,
    };

    /// <summary>The number that a text is; null if it is none. A zero in front is part of a name, such as a postal code.</summary>
    public static decimal? NumberOf(string text) =>
        text.TrimStart('-') is ['0', >= '0' and <= '9', ..] ? null
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
