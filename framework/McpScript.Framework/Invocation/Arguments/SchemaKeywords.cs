using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Reads the keywords of one schema that contain no schemas. A keyword with an invalid value is ignored.</summary>
readonly struct SchemaKeywords(JsonElement schema)
{
    static readonly string[] ArrayKeywords = ["items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems", "additionalItems"];

    static readonly string[] ObjectKeywords =
        ["properties", "patternProperties", "additionalProperties", "propertyNames", "required", "dependentRequired", "minProperties", "maxProperties"];

    /// <summary>Returns <c>type</c>, and the order of its names if there are several.</summary>
    public (JsonKinds Kinds, ImmutableArray<JsonKinds> Order) Kinds()
    {
        if (!schema.TryGetProperty("type", out var type) || type.ValueKind is not (JsonValueKind.String or JsonValueKind.Array))
            return (JsonKinds.All, []);
        if (type.ValueKind == JsonValueKind.String)
            return (JsonKindsExtensions.Parse(type.GetString()), []);
        ImmutableArray<JsonKinds> order = [.. type.EnumerateArray().Select(KindOf)];
        return (order.Aggregate(JsonKinds.None, (all, one) => all | one), order);

        static JsonKinds KindOf(JsonElement one) => one.ValueKind == JsonValueKind.String ? JsonKindsExtensions.Parse(one.GetString()) : JsonKinds.All;
    }

    /// <summary>Returns <c>enum</c> and <c>const</c>.</summary>
    public (AllowedJson? First, AllowedJson? Second) Allowed()
    {
        var only = schema.TryGetProperty("const", out var value) ? new AllowedJson([value], isConst: true) : null;
        var some = schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            ? new AllowedJson([.. values.EnumerateArray()], isConst: false)
            : null;
        return only is null ? (some, null) : (only, some);
    }

    /// <summary>Returns the keywords for strings; null for none.</summary>
    /// <param name="hasForm">True if the .NET type defines a form: its check replaces <c>pattern</c> and the lengths.</param>
    public TextRules? Texts(bool hasForm)
    {
        var pattern = hasForm || Text("pattern") is not { } text ? null : new SchemaPattern(text);
        var (least, most) = hasForm ? (null, null) : (Count("minLength"), Count("maxLength"));
        return pattern is null && least is null && most is null ? null : new(least, most, pattern);
    }

    /// <summary>Returns the keywords for numbers; null for none.</summary>
    public NumberRules? Numbers()
    {
        var (minimum, above) = (Number("minimum"), Number("exclusiveMinimum"));
        var (maximum, below) = (Number("maximum"), Number("exclusiveMaximum"));
        var rules = new NumberRules(minimum, above, maximum, below, Number("multipleOf"));
        return rules.IsAny ? rules : null;
    }

    /// <summary>Returns the keywords for arrays that contain no schemas; null for none.</summary>
    public ArrayRules? Arrays() => !HasAny(ArrayKeywords) ? null : new()
    {
        MinItems = Count("minItems"), MaxItems = Count("maxItems"), MinContains = Count("minContains") ?? 1, MaxContains = Count("maxContains"),
        Unique = schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True,
    };

    /// <summary>Returns the keywords for objects that contain no schemas; null for none.</summary>
    public ObjectRules? Objects() => !HasAny(ObjectKeywords) ? null : new()
    {
        Required = schema.TryGetProperty("required", out var required) ? Texts(required) : [],
        MinCount = Count("minProperties"), MaxCount = Count("maxProperties"),
        Dependent = schema.TryGetProperty("dependentRequired", out var dependent) && dependent.ValueKind == JsonValueKind.Object
            ? [.. dependent.EnumerateObject().Select(one => (one.Name, Texts(one.Value)))]
            : [],
    };

    /// <summary>Returns the value of a keyword if it is a string; else null.</summary>
    public string? Text(string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String ? JsonTextValue.Of(value) : null;

    static ImmutableArray<string> Texts(JsonElement list) => list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)]
        : [];

    bool HasAny(string[] keywords)
    {
        foreach (var keyword in keywords)
            if (schema.TryGetProperty(keyword, out _))
                return true;
        return false;
    }

    JsonElement? Number(string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Number ? value : null;

    long? Count(string keyword) =>
        Number(keyword) is { } number && WholeNumber.PlainText(number) is { } text && long.TryParse(text, out var count) && count >= 0 ? count : null;
}
