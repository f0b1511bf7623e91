using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>The types of JSON Schema's <c>type</c> keyword.</summary>
[Flags]
enum JsonKinds
{
    /// <summary>No type: no value fits.</summary>
    None = 0,

    /// <summary>A string.</summary>
    String = 1,

    /// <summary>A number without a fraction, in any notation.</summary>
    Integer = 2,

    /// <summary>Any number.</summary>
    Number = 4,

    /// <summary>True or false.</summary>
    Boolean = 8,

    /// <summary>An array.</summary>
    Array = 16,

    /// <summary>An object.</summary>
    Object = 32,

    /// <summary>Null.</summary>
    Null = 64,

    /// <summary>All types.</summary>
    All = String | Integer | Number | Boolean | Array | Object | Null,
}

/// <summary>Parses and compares types.</summary>
static class JsonKindsExtensions
{
    /// <summary>Returns the type with a name; all types for a name that JSON Schema does not define.</summary>
    public static JsonKinds Parse(string? name) => name switch
    {
        "string" => JsonKinds.String,
        "integer" => JsonKinds.Integer,
        "number" => JsonKinds.Number,
        "boolean" => JsonKinds.Boolean,
        "array" => JsonKinds.Array,
        "object" => JsonKinds.Object,
        "null" => JsonKinds.Null,
        _ => JsonKinds.All,
    };

    /// <summary>Returns true if a value has one of the types.</summary>
    public static bool Have(this JsonKinds kinds, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => (kinds & JsonKinds.String) != 0,
        JsonValueKind.Number => (kinds & JsonKinds.Number) != 0 || (kinds & JsonKinds.Integer) != 0 && WholeNumber.Is(value),
        JsonValueKind.True or JsonValueKind.False => (kinds & JsonKinds.Boolean) != 0,
        JsonValueKind.Array => (kinds & JsonKinds.Array) != 0,
        JsonValueKind.Object => (kinds & JsonKinds.Object) != 0,
        JsonValueKind.Null => (kinds & JsonKinds.Null) != 0,
        _ => false,
    };
}
