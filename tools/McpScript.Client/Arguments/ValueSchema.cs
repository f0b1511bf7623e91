using System.Text.Json;

namespace McpScript.Client.Arguments;

/// <summary>The JSON Schema of one value, as far as a person who types the value is concerned.</summary>
sealed class ValueSchema
{
    readonly JsonElement _schema;
    readonly JsonElement _root;

    /// <param name="schema">The schema.</param>
    /// <param name="root">The whole that it is in, where its references point to.</param>
    public ValueSchema(JsonElement schema, JsonElement root) => (_schema, _root) = (Resolve(schema, root), root);

    /// <summary>Any text.</summary>
    public static ValueSchema Text { get; } = Parse("""{"type":"string"}""");

    /// <summary>What the value is for.</summary>
    public string? Description => _schema.TextOf("description") ?? _schema.TextOf("title");

    /// <summary>What is taken if none is given.</summary>
    public JsonElement? Default => _schema.TryGetMember("default", out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The only values that are allowed, each with what it is called; empty if any will do.</summary>
    public IReadOnlyList<(JsonElement Value, string? Title)> Choices => [.. ChoicesOf(_schema)];

    /// <summary>The schemas of which one has to fit.</summary>
    public IReadOnlyList<ValueSchema> Alternatives =>
        new[] { "anyOf", "oneOf" }.Select(name => _schema.TryGetMember(name, out var all) && all.ValueKind == JsonValueKind.Array ? all : default)
            .Where(all => all.ValueKind == JsonValueKind.Array && Choices.Count == 0)
            .SelectMany(all => all.EnumerateArray()).Select(each => new ValueSchema(each, _root)).ToList();

    /// <summary>The type names; empty if it does not say.</summary>
    public IReadOnlyList<string> Types => !_schema.TryGetMember("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(each => each.ToString())] : [type.ToString()];

    /// <summary>The schema of an array's items.</summary>
    public ValueSchema? Items => _schema.TryGetMember("items", out var items) && items.ValueKind == JsonValueKind.Object ? new(items, _root) : null;

    /// <summary>The parameters of an object.</summary>
    public IReadOnlyList<Parameter> Properties => Parameter.Of(_schema);

    /// <summary>In a few words: <c>integer 1..12</c>, <c>formal|friendly</c>, <c>string[]</c>.</summary>
    public string Type
    {
        get
        {
            if (Choices is { Count: > 0 } choices)
                return string.Join('|', choices.Select(choice => Json.Inline(choice.Value)));
            if (Alternatives is { Count: > 0 } alternatives)
                return string.Join('|', alternatives.Select(each => each.Type).Distinct());
            var names = Types.Select(type => type == "array" && Items is { } items ? items.Choices.Count > 0 ? $"({items.Type})[]" : $"{items.Type}[]" : type).ToList();
            return (names.Count > 0 ? string.Join('|', names) : "any") + Limits();
        }
    }

    /// <summary>What the value has to be beyond its type, as the schema names it.</summary>
    public double? Number(string keyword) => _schema.TryGetMember(keyword, out var limit) && limit.ValueKind == JsonValueKind.Number ? limit.GetDouble() : null;

    /// <summary>The format or pattern of a text.</summary>
    public string? Format => _schema.TextOf("format");

    static ValueSchema Parse(string json) => Json.TryRead(json) is { } schema ? new(schema, schema) : throw new ArgumentException("Not JSON.", nameof(json));

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
            var titles = schema.TryGetMember("enumNames", out var names) && names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(name => name.ToString()).ToList() : [];
            return values.EnumerateArray().Select((value, i) => (value, titles.ElementAtOrDefault(i)));
        }
        foreach (var name in (string[])["oneOf", "anyOf"])
            if (schema.TryGetMember(name, out var all) && all.ValueKind == JsonValueKind.Array && all.EnumerateArray().All(each => each.TryGetMember("const", out _)))
                return all.EnumerateArray().Select(each => (each.GetProperty("const"), each.TextOf("title")));
        return [];
    }

    // Only "#/…" references, which is all that servers' generators write; a few, in case that they go round in a circle.
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
