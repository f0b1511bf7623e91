using System.Text.Json;

namespace McpScript.Client.Arguments;

/// <summary>The parts of a value's JSON Schema that matter for typing the value at a terminal.</summary>
sealed class ValueSchema
{
    readonly JsonElement _schema;
    readonly JsonElement _root;

    /// <param name="schema">Schema of the value.</param>
    /// <param name="root">Root schema, against which <c>$ref</c> is resolved.</param>
    public ValueSchema(JsonElement schema, JsonElement root) => (_schema, _root) = (Resolve(schema, root), root);

    /// <summary>Schema of any string.</summary>
    public static ValueSchema Text { get; } = Parse("""{"type":"string"}""");

    /// <summary>Description, or the title if there is none.</summary>
    public string? Description => _schema.TextOf("description") ?? _schema.TextOf("title");

    /// <summary>Default value; null if there is none.</summary>
    public JsonElement? Default =>
        _schema.TryGetMember("default", out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Allowed values with their titles, from <c>const</c>, <c>enum</c>, <c>oneOf</c> or <c>anyOf</c>; empty if any value is allowed.</summary>
    public IReadOnlyList<(JsonElement Value, string? Title)> Choices => [.. ChoicesOf(_schema)];

    /// <summary>Alternative schemas (<c>anyOf</c>, <c>oneOf</c>); empty if they enumerate values.</summary>
    public IReadOnlyList<ValueSchema> Alternatives =>
        new[] { "anyOf", "oneOf" }.Select(name => _schema.TryGetMember(name, out var all) && all.ValueKind == JsonValueKind.Array ? all : default)
            .Where(all => all.ValueKind == JsonValueKind.Array && Choices.Count == 0)
            .SelectMany(all => all.EnumerateArray()).Select(each => new ValueSchema(each, _root)).ToList();

    /// <summary>JSON types; empty if the schema does not restrict the type.</summary>
    public IReadOnlyList<string> Types => !_schema.TryGetMember("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(each => each.ToString())] : [type.ToString()];

    /// <summary>Schema of array items; null if there is none.</summary>
    public ValueSchema? Items => _schema.TryGetMember("items", out var items) && items.ValueKind == JsonValueKind.Object ? new(items, _root) : null;

    /// <summary>Properties of an object, as parameters.</summary>
    public IReadOnlyList<Parameter> Properties => Parameter.Of(_schema);

    /// <summary>Short description of the type: <c>integer 1..12</c>, <c>formal|friendly</c>, <c>string[]</c>.</summary>
    public string Type
    {
        get
        {
            if (Choices is { Count: > 0 } choices)
                return string.Join('|', choices.Select(choice => Json.Inline(choice.Value)));
            if (Alternatives is { Count: > 0 } alternatives)
                return string.Join('|', alternatives.Select(each => each.Type).Distinct());
            var names = Types.Select(type => type == "array" && Items is { } items ? ArrayOf(items) : type).ToList();
            return (names.Count > 0 ? string.Join('|', names) : "any") + Limits();
        }
    }

    /// <summary>Returns the value of a numeric keyword such as <c>minimum</c> or <c>maxLength</c>; null if there is none.</summary>
    public double? Number(string keyword) =>
        _schema.TryGetMember(keyword, out var limit) && limit.ValueKind == JsonValueKind.Number ? limit.GetDouble() : null;

    /// <summary>Value of <c>format</c>; null if there is none.</summary>
    public string? Format => _schema.TextOf("format");

    static ValueSchema Parse(string json) => Json.TryRead(json) is { } schema ? new(schema, schema) : throw new ArgumentException("Not JSON.", nameof(json));

    static string ArrayOf(ValueSchema items) => items.Choices.Count > 0 ? $"({items.Type})[]" : $"{items.Type}[]";

    string Limits() => (Number("minimum") ?? Number("minLength"), Number("maximum") ?? Number("maxLength")) switch
    {
        ({ } from, { } to) => $" {from}..{to}",
        ({ } from, null) => $" {from}..",
        (null, { } to) => $" ..{to}",
        _ => Format is { } format ? $" {format}" : "",
    };

    static IEnumerable<(JsonElement, string?)> ChoicesOf(JsonElement schema)
    {
        if (schema.TryGetMember("const", out var only))
            return [(only, schema.TextOf("title"))];
        if (schema.TryGetMember("enum", out var values) && values.ValueKind == JsonValueKind.Array)
        {
            var titles = schema.TryGetMember("enumNames", out var names) && names.ValueKind == JsonValueKind.Array
                ? names.EnumerateArray().Select(name => name.ToString()).ToList()
                : [];
            return values.EnumerateArray().Select((value, i) => (value, titles.ElementAtOrDefault(i)));
        }
        foreach (var name in (string[])["oneOf", "anyOf"])
            if (schema.TryGetMember(name, out var all) && all.ValueKind == JsonValueKind.Array && all.EnumerateArray().All(IsConst))
                return all.EnumerateArray().Select(each => (each.GetProperty("const"), each.TextOf("title")));
        return [];
    }

    static bool IsConst(JsonElement schema) => schema.TryGetMember("const", out _);

    // Resolves local references ("#/…") only, which are all that schema generators write. At most 8, because references may form a cycle.
    static JsonElement Resolve(JsonElement schema, JsonElement root)
    {
        for (var hops = 0; hops < 8 && schema.TextOf("$ref") is { } reference && reference.StartsWith('#'); hops++)
        {
            var target = root;
            foreach (var step in reference.Split('/').Skip(1))
                if (target.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index < target.GetArrayLength())
                    target = target[index];
                else if (!target.TryGetMember(step.Replace("~1", "/").Replace("~0", "~"), out target))
                    return schema;
            schema = target;
        }
        return schema;
    }
}
