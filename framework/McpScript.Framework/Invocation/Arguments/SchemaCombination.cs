using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>
/// Schemas that a value is checked against beside its own: <c>$ref</c>, <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>, <c>not</c>, <c>if</c>,
/// <c>dependentSchemas</c>.
/// </summary>
sealed class SchemaCombination
{
    /// <summary><c>$ref</c> and <c>allOf</c>: all must fit.</summary>
    public List<SchemaNode> All { get; } = [];

    /// <summary><c>anyOf</c>; empty for none.</summary>
    public List<SchemaNode> Any { get; } = [];

    /// <summary><c>oneOf</c>; empty for none.</summary>
    public List<SchemaNode> One { get; } = [];

    /// <summary><c>not</c>.</summary>
    public SchemaNode? Not { get; set; }

    /// <summary><c>if</c>.</summary>
    public SchemaNode? If { get; set; }

    /// <summary><c>then</c>.</summary>
    public SchemaNode? Then { get; set; }

    /// <summary><c>else</c>.</summary>
    public SchemaNode? Else { get; set; }

    /// <summary><c>dependentSchemas</c>: schemas for objects that have a certain member.</summary>
    public ImmutableArray<(string Member, SchemaNode Schema)> Dependent { get; set; } = [];

    /// <summary>True if there is a schema.</summary>
    public bool IsAny => All.Count + Any.Count + One.Count > 0 || Not is not null || If is not null || !Dependent.IsEmpty;

    /// <summary>Checks a value.</summary>
    public bool Check(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        var fits = true;
        foreach (var schema in All)
        {
            fits &= schema.Check(value, path, ref walk);
            if (!fits && walk.Problems is null)
                return false;
        }
        return CheckConditions(value, path, ref walk) & CheckAlternatives(value, path, ref walk) & fits;
    }

    /// <summary>Returns the schemas that apply to a value that fits.</summary>
    public IEnumerable<SchemaNode> HoldingFor(JsonElement value)
    {
        bool Holds(SchemaNode schema)
        {
            var walk = new ArgumentWalk(null, false) { Alternatives = 1 };
            return schema.Check(value, "", ref walk);
        }
        var holding = All.Concat(Any.Where(Holds)).Concat(One.Where(Holds));
        if (If is not null)
            holding = holding.Concat(Holds(If) ? new[] { If, Then } : [Else]).OfType<SchemaNode>();
        return value.ValueKind == JsonValueKind.Object
            ? holding.Concat(Dependent.Where(one => JsonTextValue.TryGetMember(value, one.Member, out _)).Select(one => one.Schema))
            : holding;
    }

    bool CheckConditions(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        var fits = true;
        if (Not is not null && FitsAlternative(Not, value, ref walk))
        {
            var words = ArgumentText.Words(Not) is { Length: > 0 } known ? known : "of that form";
            walk.Problems?.Add($"'{path}' should not be {words}, but {ArgumentText.Came(value, walk.ShowValues)} came.");
            fits = false;
        }
        if (If is not null && (FitsAlternative(If, value, ref walk) ? Then : Else) is { } branch)
            fits &= branch.Check(value, path, ref walk);
        if (value.ValueKind == JsonValueKind.Object)
            foreach (var (member, schema) in Dependent)
                if (JsonTextValue.TryGetMember(value, member, out _))
                    fits &= schema.Check(value, path, ref walk);
        return fits;
    }

    bool CheckAlternatives(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        var fits = Any.Count == 0;
        foreach (var schema in Any)
            if (fits = FitsAlternative(schema, value, ref walk))
                break;
        if (!fits)
            AlternativesProblem.Add(Any, value, path, ref walk);
        if (One.Count == 0)
            return fits;
        var found = 0;
        foreach (var schema in One)
            if (FitsAlternative(schema, value, ref walk))
                found++;
        if (found == 0)
            AlternativesProblem.Add(One, value, path, ref walk);
        else if (found > 1)
            walk.Problems?.Add($"'{path}' should fit one of its forms only, but {ArgumentText.Came(value, walk.ShowValues)} fits {found}.");
        return fits & found == 1;
    }

    static bool FitsAlternative(SchemaNode schema, in JsonElement value, ref ArgumentWalk walk)
    {
        walk.Alternatives++;
        var fits = schema.Fits(value, ref walk);
        walk.Alternatives--;
        return fits;
    }
}
