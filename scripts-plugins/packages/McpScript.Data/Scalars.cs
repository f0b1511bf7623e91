using System.Globalization;
using System.Text.Json.Nodes;

namespace McpScript.Data;

/// <summary>Conversion of unquoted values to JSON.</summary>
static class Scalars
{
    /// <summary>Returns a number, a boolean or null if the text is one; otherwise the text.</summary>
    public static JsonNode? Read(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => true,
        "false" => false,
        _ => NumberOf(text) is { } number ? JsonValue.Create(number) : text,
    };

    /// <summary>Parses a number; null if the text is not a number. A text with a leading zero, such as a postal code, is not a number.</summary>
    public static decimal? NumberOf(string text) =>
        text.TrimStart('-') is ['0', >= '0' and <= '9', ..] ? null
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
