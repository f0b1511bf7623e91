using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>One compiled JSON Schema (2020-12). Thread-safe.</summary>
/// <remarks>
/// <see cref="SchemaCompiler"/> fills it in steps, because schemas may refer to themselves; it is immutable afterwards.
/// </remarks>
sealed class SchemaNode
{
    /// <summary>A schema that accepts every value.</summary>
    public static SchemaNode Anything { get; } = new();

    /// <summary>A schema that accepts no value.</summary>
    public static SchemaNode Nothing { get; } = new() { Kinds = JsonKinds.None };

    /// <summary><c>type</c>.</summary>
    public JsonKinds Kinds { get; set; } = JsonKinds.All;

    /// <summary>The types in the order of the schema's <c>type</c>.</summary>
    public ImmutableArray<JsonKinds> Order { get; set; } = [];

    /// <summary><c>const</c>, or else <c>enum</c>; null for any value.</summary>
    public AllowedJson? Allowed { get; set; }

    /// <summary><c>enum</c> beside a <c>const</c>; null for none.</summary>
    public AllowedJson? AlsoAllowed { get; set; }

    /// <summary>The form that the .NET type or <c>format</c> requires; null for any.</summary>
    public ValueForm? Form { get; set; }

    /// <summary>The keywords for strings; null for none.</summary>
    public TextRules? Texts { get; set; }

    /// <summary>The keywords for numbers; null for none.</summary>
    public NumberRules? Numbers { get; set; }

    /// <summary>The keywords for arrays; null for none.</summary>
    public ArrayRules? Arrays { get; set; }

    /// <summary>The keywords for objects; null for none.</summary>
    public ObjectRules? Objects { get; set; }

    /// <summary>Schemas that the same value is checked against; null for none.</summary>
    public SchemaCombination? Others { get; set; }

    /// <summary>Checks a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="path">Its place in the arguments, for the problems.</param>
    /// <param name="walk">The state of the check. If it collects problems, all are collected; else the check ends at the first one.</param>
    /// <returns>True if it fits.</returns>
    public bool Check(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        if (!walk.TryEnter())
            return false;
        var fits = CheckItself(value, path, ref walk);
        walk.Leave();
        return fits;
    }

    /// <summary>Returns true if a value fits; adds no problems.</summary>
    public bool Fits(in JsonElement value, ref ArgumentWalk walk)
    {
        var quick = walk.WithoutProblems();
        var fits = Check(value, "", ref quick);
        walk.Continue(quick);
        return fits;
    }

    bool CheckItself(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        if (!HasRightForm(value))
        {
            walk.Problems?.Add(ArgumentText.Misfit(path, this, value, walk.ShowValues));
            return false;
        }
        var isIntegerOnly = (Kinds & (JsonKinds.Integer | JsonKinds.Number)) == JsonKinds.Integer;
        if (value.ValueKind == JsonValueKind.Number && isIntegerOnly && !WholeNumber.IsPlain(value) && WholeNumber.Is(value))
            walk.NeedsRewrite = true;
        var fits = value.ValueKind switch
        {
            JsonValueKind.String => Texts?.Check(value, path, this, ref walk) is not false,
            JsonValueKind.Number => Numbers?.Check(value, path, this, ref walk) is not false,
            JsonValueKind.Array => Arrays?.Check(value, path, ref walk) is not false,
            JsonValueKind.Object => Objects?.Check(value, path, ref walk) is not false,
            _ => true,
        };
        if (!fits && walk.Problems is null)
            return false;
        return (Others?.Check(value, path, ref walk) is not false) & fits;
    }

    bool HasRightForm(in JsonElement value) =>
        (Kinds == JsonKinds.All || Kinds.Have(value)) && Allowed?.Has(value) is not false && AlsoAllowed?.Has(value) is not false
        && (Form is null || Form.Kind != value.ValueKind || Form.Fits(value));
}
