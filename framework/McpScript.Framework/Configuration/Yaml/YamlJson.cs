using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace McpScript.Configuration.Yaml;

/// <summary>YAML values as JSON, typed by the core schema of YAML 1.2 and the switches on, off, yes and no.</summary>
static partial class YamlJson
{
    /// <summary>A mapping's entries as an object.</summary>
    public static JsonObject ToJson(IEnumerable<YamlEntry> entries) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value))));

    /// <summary>
    /// The texts of those values that JSON writes otherwise, by their path in the object (<see cref="JsonNode.GetPath"/>): <c>NO</c> for false,
    /// <c>01234</c> for 1234.
    /// </summary>
    /// <param name="entries">The mapping's entries.</param>
    /// <param name="json">The object that <see cref="ToJson(IEnumerable{YamlEntry})"/> made of them.</param>
    public static ImmutableDictionary<string, string> TextsOf(IEnumerable<YamlEntry> entries, JsonObject json) =>
        entries.SelectMany(entry => Texts(entry.Value, json[entry.Key])).ToImmutableDictionary();

    static IEnumerable<KeyValuePair<string, string>> Texts(YamlValue value, JsonNode? json) => (value, json) switch
    {
        (YamlMapping mapping, JsonObject inner) => mapping.Entries.SelectMany(entry => Texts(entry.Value, inner[entry.Key])),
        (YamlList list, JsonArray items) => list.Items.Zip(items).SelectMany(pair => Texts(pair.First, pair.Second)),
        (YamlScalar { Quoted: false } scalar, JsonValue typed) when typed.ToJsonString() != scalar.Text && typed.GetValueKind() != JsonValueKind.String =>
            [KeyValuePair.Create(typed.GetPath(), scalar.Text)],
        _ => [],
    };

    static JsonNode? ToJson(YamlValue value) => value switch
    {
        YamlMapping mapping => ToJson(mapping.Entries),
        YamlList list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlScalar { Quoted: true } scalar => JsonValue.Create(scalar.Text),
        YamlScalar { IsNull: true } => null,
        YamlScalar { AsSwitch: { } on, Text: not ("0" or "1") } => JsonValue.Create(on),
        YamlScalar scalar => Number(scalar) ?? JsonValue.Create(scalar.Text),
        _ => throw new InvalidOperationException($"No JSON for {value.GetType().Name}."),
    };

    static JsonNode? Number(YamlScalar scalar)
    {
        var text = scalar.Text;
        // 0012, 0x1f or 1e5 from a variable is rather a token than a number; a reader that wants a number reads it from text, too.
        if (scalar.Expanded && !PlainNumber().IsMatch(text))
            return null;
        // As JSON writes it: kept to the last digit.
        if (JsonNumber().IsMatch(text))
            return JsonNode.Parse(text);
        if (Decimal().IsMatch(text))
            return Json(BigInteger.Parse(text, CultureInfo.InvariantCulture));
        if (Hexadecimal().IsMatch(text))
            return Json(BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        if (Octal().IsMatch(text))
            return Json(text[2..].Aggregate(BigInteger.Zero, (sum, digit) => sum * 8 + (digit - '0')));
        // JSON has no infinity and no NaN (.inf, .nan): they stay text.
        return Float().IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture) is var number && double.IsFinite(number)
            ? JsonValue.Create(number)
            : null;
    }

    static JsonNode? Json(BigInteger number) => JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z")]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?\z")]
    private static partial Regex PlainNumber();

    [GeneratedRegex(@"\A[-+]?[0-9]+\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\A0x[0-9a-fA-F]+\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A0o[0-7]+\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Float();
}
