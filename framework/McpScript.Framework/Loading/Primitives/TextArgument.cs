using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpScript.Loading.Answers;

namespace McpScript.Loading.Primitives;

/// <summary>Converts an argument that arrives as text to the JSON that a type is deserialized from.</summary>
/// <param name="type">The type of the parameter.</param>
/// <param name="json">The options that it is deserialized with.</param>
readonly struct TextArgument(Type type, JsonSerializerOptions json)
{
    readonly Type _plain = Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>Description of valid values, with an article.</summary>
    public string Expected => _plain switch
    {
        _ when _plain == typeof(string) || _plain == typeof(char) => "a text",
        _ when _plain == typeof(bool) => "true or false",
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(_plain))}",
        _ when IsInteger(_plain) => $"an integer ({TypeName.Of(_plain)})",
        _ when _plain == typeof(double) || _plain == typeof(float) || _plain == typeof(decimal) || _plain == typeof(Half) => "a number",
        _ when _plain == typeof(Guid) => "a UUID",
        _ when _plain == typeof(DateTime) || _plain == typeof(DateTimeOffset) => "a date and time such as 2026-11-28T17:30:00Z",
        _ when _plain == typeof(DateOnly) => "a date such as 2026-11-28",
        _ when _plain == typeof(TimeOnly) => "a time such as 17:30:00",
        _ when _plain == typeof(TimeSpan) => "a duration such as 1.02:30:00 (days.hours:minutes:seconds)",
        _ when _plain == typeof(Uri) => "a URI",
        _ => Kind() switch
        {
            JsonTypeInfoKind.Enumerable => $"a JSON array ({TypeName.Of(_plain)})",
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => $"a JSON object ({TypeName.Of(_plain)})",
            _ => $"a text that can be read as {TypeName.Of(_plain)}",
        },
    };

    /// <summary>Finds the JSON that fits the type: the text itself, or the JSON that it contains.</summary>
    public bool TryConvert(JsonElement value, out JsonElement fitting)
    {
        fitting = value;
        if (value.ValueKind != JsonValueKind.String)
            return Fits(value);
        if (_plain == typeof(string) || _plain == typeof(object))
            return true;
        var text = value.GetString()!.Trim();
        if (_plain == typeof(bool))
            return Parse(text.ToLowerInvariant(), out fitting) && Fits(fitting);
        if (_plain.IsEnum)
            return EnumFits(value, text);
        return Fits(value) || Parse(text, out fitting) && fitting.ValueKind != JsonValueKind.Null && Fits(fitting);
    }

    // The serializer accepts any number for an enum without a check.
    bool EnumFits(JsonElement value, string text) => Fits(value) && !long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);

    bool Fits(JsonElement value)
    {
        try
        {
            _ = value.Deserialize(json.GetTypeInfo(type));
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or ArgumentException)
        {
            // The value does not fit; the caller reports valid values.
            return false;
        }
    }

    static bool Parse(string text, out JsonElement value)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            value = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            // Not JSON: used as plain text.
            value = default;
            return false;
        }
    }

    JsonTypeInfoKind Kind()
    {
        try
        {
            return json.GetTypeInfo(_plain).Kind;
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            // Rejected when the plugin is loaded; only the description is needed here.
            return JsonTypeInfoKind.None;
        }
    }

    static bool IsInteger(Type type) =>
        Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64 && !type.IsEnum || type == typeof(Int128) || type == typeof(UInt128);
}
