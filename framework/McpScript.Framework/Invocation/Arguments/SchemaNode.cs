using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>One JSON Schema (2020-12), compiled: what a value must be, read once so that a call only compares.</summary>
/// <remarks>Made by <see cref="SchemaCompiler"/>, which fills it in steps because schemas may refer to themselves; it does not change afterwards. Safe for
/// concurrent use.</remarks>
sealed class SchemaNode
{
    /// <summary>A schema that everything fits.</summary>
    public static SchemaNode Anything { get; } = new();

    /// <summary>A schema that nothing fits.</summary>
    public static SchemaNode Nothing { get; } = new() { Kinds = JsonKinds.None };

    /// <summary><c>type</c>.</summary>
    public JsonKinds Kinds { get; set; } = JsonKinds.All;

    /// <summary><c>type</c>, in the order in which the schema names them.</summary>
    public ImmutableArray<JsonKinds> Order { get; set; } = [];

    /// <summary><c>const</c>, or else <c>enum</c>; null for any.</summary>
    public AllowedJson? Allowed { get; set; }

    /// <summary><c>enum</c> beside a <c>const</c>; null for none.</summary>
    public AllowedJson? AlsoAllowed { get; set; }

    /// <summary>The form that the .NET type or <c>format</c> asks for; null for any.</summary>
    public ValueForm? Form { get; set; }

    /// <summary>The keywords about texts; null for none.</summary>
    public TextRules? Texts { get; set; }

    /// <summary>The keywords about numbers; null for none.</summary>
    public NumberRules? Numbers { get; set; }

    /// <summary>The keywords about arrays; null for none.</summary>
    public ArrayRules? Arrays { get; set; }

    /// <summary>The keywords about objects; null for none.</summary>
    public ObjectRules? Objects { get; set; }

    /// <summary>The schemas that the same value is compared with; null for none.</summary>
    public SchemaCombination? Others { get; set; }

    /// <summary>Compares a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="path">Its place in the arguments, for the problems.</param>
    /// <param name="walk">The comparison; with problems to collect, all of them are, else it ends at the first.</param>
    /// <returns>True if it fits.</returns>
    public bool Check(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        if (!walk.TryEnter())
            return false;
        var fits = CheckItself(value, path, ref walk);
        walk.Leave();
        return fits;
    }

    /// <summary>True if a value fits; adds no problems.</summary>
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
        if (value.ValueKind == JsonValueKind.Number && (Kinds & (JsonKinds.Integer | JsonKinds.Number)) == JsonKinds.Integer && !WholeNumber.IsPlain(value) && WholeNumber.Is(value))
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
        (Kinds == JsonKinds.All || Kinds.Have(value)) && Allowed?.Has(value) is not false && AlsoAllowed?.Has(value) is not false && (Form is null || Form.Kind != value.ValueKind || Form.Fits(value));
}
