using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace McpScript.Configuration.Yaml;

/// <summary>Converts YAML values to JSON, with the types of the core schema of YAML 1.2 and the switches on, off, yes and no.</summary>
static partial class YamlJson
{
    /// <summary>Converts the entries of a mapping to an object.</summary>
    public static JsonObject ToJson(IEnumerable<YamlEntry> entries) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value))));

    /// <summary>
    /// Returns the original texts of values that JSON writes in another way, by their path in the object (<see cref="JsonNode.GetPath"/>): <c>NO</c> for
    /// false, <c>01234</c> for 1234.
    /// </summary>
    /// <param name="entries">The mapping's entries.</param>
    /// <param name="json">The result of <see cref="ToJson(IEnumerable{YamlEntry})"/>.</param>
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
        // 0012, 0x1f or 1e5 from a variable is more likely a token than a number; readers of numbers accept text, too.
        if (scalar.Expanded && !PlainNumber().IsMatch(text))
            return null;
        // JSON syntax already: keeps all digits.
        if (JsonNumber().IsMatch(text))
            return JsonNode.Parse(text);
        if (Decimal().IsMatch(text))
            return Json(BigInteger.Parse(text, CultureInfo.InvariantCulture));
        if (Hexadecimal().IsMatch(text))
            return Json(BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        if (Octal().IsMatch(text))
            return Json(text[2..].Aggregate(BigInteger.Zero, (sum, digit) => sum * 8 + (digit - '0')));
        // JSON has no infinity and no NaN (.inf, .nan): they remain text.
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
