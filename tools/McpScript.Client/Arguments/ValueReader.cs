using System.Globalization;
using System.Text.Json;
using McpScript.Client.Errors;

namespace McpScript.Client.Arguments;

/// <summary>Converts typed text to a JSON value of the type that a schema requires.</summary>
static class ValueReader
{
    /// <summary>Returns the value, or the problem as the end of a sentence: <c>takes a number, not 'long'</c>.</summary>
    public static (JsonElement? Value, string? Problem) Read(string text, ValueSchema schema)
    {
        if (schema.Choices is { Count: > 0 } choices)
            return OneOf(text, choices);
        if (schema.Alternatives is { Count: > 0 } alternatives)
            return FirstFit(text, alternatives);
        // Any text is a valid string, so that type is tried last.
        foreach (var type in schema.Types.OrderBy(type => type == "string"))
            if (OfType(text, type, schema) is { } value)
                return Within(value, schema) is { } problem ? (null, problem) : (value, null);
        return schema.Types.Count == 0 ? (Json.TryRead(text) ?? Text(text), null) : (null, $"takes {Articled(schema.Type)}, not '{text}'");
    }

    static (JsonElement?, string?) OneOf(string text, IReadOnlyList<(JsonElement Value, string? Title)> choices)
    {
        var names = choices.Select(choice => Json.Inline(choice.Value)).ToList();
        var index = names.IndexOf(text) is var exact and >= 0 ? exact
            : names.FindIndex(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is var loose and >= 0 ? loose
            : choices.ToList().FindIndex(choice => string.Equals(choice.Title, text, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? (choices[index].Value, null)
            : (null, $"is one of {string.Join(", ", names)}, not '{text}'.{SpellingHint.For(text, names)}".TrimEnd('.'));
    }

    static (JsonElement?, string?) FirstFit(string text, IReadOnlyList<ValueSchema> alternatives)
    {
        var tried = alternatives.OrderBy(each => each.Types is ["string"] && each.Choices.Count == 0).Select(each => Read(text, each)).ToList();
        return tried.Find(each => each.Value is not null) is { Value: not null } fit
            ? fit
            : (null, string.Join(", or ", tried.Select(each => each.Problem).Distinct()));
    }

    static JsonElement? OfType(string text, string type, ValueSchema schema) => type switch
    {
        "null" => text == "null" ? Json.TryRead("null") : null,
        "boolean" => Boolean(text),
        "integer" => Json.TryRead(text) is { ValueKind: JsonValueKind.Number } number && IsWhole(text) ? number : null,
        "number" => Json.TryRead(text) is { ValueKind: JsonValueKind.Number } number ? number : null,
        "object" => Json.TryRead(text) is { ValueKind: JsonValueKind.Object } value ? value : null,
        "array" => Json.TryRead(text) is { ValueKind: JsonValueKind.Array } value ? value : List(text, schema.Items),
        _ => Text(text),
    };

    static bool IsWhole(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value == decimal.Truncate(value);

    static JsonElement? Boolean(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "y" or "on" or "1" => Json.TryRead("true"),
        "false" or "no" or "n" or "off" or "0" => Json.TryRead("false"),
        _ => null,
    };

    // Lists of scalars may be written with commas: a,b,c.
    static JsonElement? List(string text, ValueSchema? items)
    {
        if (items is null || text.StartsWith('[') || items.Types is not [not ("object" or "array")] && items.Choices.Count == 0)
            return null;
        var texts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var values = texts.Select(item => Read(item, items)).ToList();
        return values.All(value => value.Value is not null) ? JsonSerializer.SerializeToElement(values.Select(value => value.Value!.Value)) : null;
    }

    static string? Within(JsonElement value, ValueSchema schema)
    {
        var (size, low, high, what) = value.ValueKind switch
        {
            JsonValueKind.Number => (value.GetDouble(), schema.Number("minimum"), schema.Number("maximum"), "is"),
            JsonValueKind.String => (value.GetString()!.Length, schema.Number("minLength"), schema.Number("maxLength"), "has"),
            JsonValueKind.Array => (value.GetArrayLength(), schema.Number("minItems"), schema.Number("maxItems"), "has"),
            _ => (0, (double?)null, (double?)null, ""),
        };
        var unit = value.ValueKind switch { JsonValueKind.String => " characters", JsonValueKind.Array => " items", _ => "" };
        return size < low ? $"{what} at least {low}{unit}, not {Invariant(size)}"
            : size > high ? $"{what} at most {high}{unit}, not {Invariant(size)}"
            : null;
    }

    static string Invariant(double number) => number.ToString(CultureInfo.InvariantCulture);

    static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);

    static string Articled(string type) => "aeiou".Contains(type[0]) ? $"an {type}" : $"a {type}";
}
