using System.Text.Json;

namespace McpScript.Calls;

/// <summary>Compares arguments with a tool's input schema: required, unknown, type and enum, nested objects and arrays included.</summary>
/// <remarks>Only what JSON Schema 2020-12 says plainly is judged; keywords not looked at (<c>$ref</c>, <c>allOf</c>, …) let a value pass, and the tool decides.</remarks>
static class ArgumentProblems
{
    const int Most = 10;

    /// <summary>One sentence for each problem; empty when the arguments fit.</summary>
    /// <param name="schema">The tool's.</param>
    /// <param name="arguments">What came.</param>
    /// <param name="showValues">False if one of them may be a secret: then only their kinds are told.</param>
    public static IReadOnlyList<string> Of(JsonElement schema, IDictionary<string, JsonElement>? arguments, bool showValues = true)
    {
        List<string>? problems = null;
        if (schema.ValueKind != JsonValueKind.Object)
            return [];
        var known = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
            foreach (var name in required.EnumerateArray())
                if (name.GetString() is { } key && arguments?.ContainsKey(key) is not true)
                    (problems ??= []).Add($"'{key}' is missing{Expected(known && properties.TryGetProperty(key, out var property) ? property : default)}.");
        foreach (var (key, value) in arguments ?? new Dictionary<string, JsonElement>())
        {
            if (known && properties.TryGetProperty(key, out var property))
                Check(key, property, value, showValues, ref problems);
            else if (IsClosed(schema, known))
                (problems ??= []).Add($"'{key}' is not an argument of this tool{Known(known ? properties : default)}.");
            else if (schema.TryGetProperty("additionalProperties", out var others) && !schema.TryGetProperty("patternProperties", out _))
                Check(key, others, value, showValues, ref problems);
        }
        return problems is null ? [] : problems.Count <= Most ? problems : [.. problems.Take(Most), $"and {problems.Count - Most} more"];
    }

    // A schema that names its properties and does not say that others are welcome: an unknown argument is a misspelt one.
    static bool IsClosed(JsonElement schema, bool known) =>
        schema.TryGetProperty("additionalProperties", out var additional)
            ? additional.ValueKind == JsonValueKind.False
            : !schema.TryGetProperty("patternProperties", out _) && !HasComposition(schema) && (known || !schema.TryGetProperty("$ref", out _));

    static bool HasComposition(JsonElement schema) =>
        schema.TryGetProperty("allOf", out _) || schema.TryGetProperty("anyOf", out _) || schema.TryGetProperty("oneOf", out _) || schema.TryGetProperty("$ref", out _);

    static void Check(string path, JsonElement schema, JsonElement value, bool showValues, ref List<string>? problems)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return;
        if (!TypeFits(schema, value))
            (problems ??= []).Add($"'{path}' should be {Words(schema)}, but {Came(value, showValues)} came.");
        else if (!EnumFits(schema, value))
            (problems ??= []).Add($"'{path}' should be {Words(schema)}, but {Came(value, showValues)} came.");
        else if (value.ValueKind == JsonValueKind.Object)
            CheckObject(path, schema, value, showValues, ref problems);
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
                Check($"{path}[{index++}]", items, item, showValues, ref problems);
        }
    }

    static void CheckObject(string path, JsonElement schema, JsonElement value, bool showValues, ref List<string>? problems)
    {
        var known = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
            foreach (var name in required.EnumerateArray())
                if (name.GetString() is { } key && !value.TryGetProperty(key, out _))
                    (problems ??= []).Add($"'{path}.{key}' is missing{Expected(known && properties.TryGetProperty(key, out var missing) ? missing : default)}.");
        // A schema for all others speaks for the members that no pattern picks; patterns are not looked at.
        var others = schema.TryGetProperty("additionalProperties", out var additional) && !schema.TryGetProperty("patternProperties", out _) ? additional : default;
        foreach (var member in value.EnumerateObject())
            if (known && properties.TryGetProperty(member.Name, out var property))
                Check($"{path}.{member.Name}", property, member.Value, showValues, ref problems);
            else if (others.ValueKind == JsonValueKind.False)
                (problems ??= []).Add($"'{path}.{member.Name}' is not expected there.");
            else
                Check($"{path}.{member.Name}", others, member.Value, showValues, ref problems);
    }

    static bool TypeFits(JsonElement schema, JsonElement value)
    {
        if (!schema.TryGetProperty("type", out var type))
            return true;
        if (type.ValueKind == JsonValueKind.String)
            return Is(type.GetString()!, value);
        return type.ValueKind != JsonValueKind.Array || type.EnumerateArray().Any(one => one.GetString() is { } name && Is(name, value));
    }

    static bool EnumFits(JsonElement schema, JsonElement value) =>
        !schema.TryGetProperty("enum", out var allowed) || allowed.ValueKind != JsonValueKind.Array || allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value));

    static bool Is(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        // 1.0 is an integer in JSON Schema (2020-12, 6.1.1).
        "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || value.TryGetDouble(out var number) && number == Math.Floor(number)),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    static string Expected(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && Words(schema) is { Length: > 0 } words ? $"; it should be {words}" : "";

    static string Known(JsonElement properties)
    {
        var names = properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject().Select(property => $"'{property.Name}'").ToArray() : [];
        return names.Length == 0 ? "; it takes none" : $"; it takes {string.Join(", ", names)}";
    }

    static string Words(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var allowed) && allowed.ValueKind == JsonValueKind.Array)
            return $"one of {string.Join(", ", allowed.EnumerateArray().Select(one => one.GetRawText()))}";
        if (!schema.TryGetProperty("type", out var type))
            return "";
        return type.ValueKind == JsonValueKind.Array
            ? string.Join(" or ", type.EnumerateArray().Select(one => WithArticle(one.GetString() ?? "")))
            : WithArticle(type.GetString() ?? "");
    }

    static string WithArticle(string type) => type switch
    {
        "null" => "null",
        "integer" or "array" or "object" => $"an {type}",
        _ => $"a {type}",
    };

    static string Came(JsonElement value, bool showValues)
    {
        var text = showValues ? value.GetRawText() : "";
        return value.ValueKind switch
        {
            JsonValueKind.Null => "null",
            _ when !showValues => $"a value of the kind '{value.ValueKind.ToString().ToLowerInvariant()}'",
            JsonValueKind.String => $"the string {Short(text)}",
            JsonValueKind.Number => $"the number {Short(text)}",
            JsonValueKind.True or JsonValueKind.False => $"the boolean {text}",
            JsonValueKind.Array => $"the array {Short(text)}",
            _ => $"the object {Short(text)}",
        };
    }

    static string Short(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
