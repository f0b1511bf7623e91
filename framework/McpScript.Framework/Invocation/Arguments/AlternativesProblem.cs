using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Explains a value that fits none of several schemas: by the one that it comes nearest to, or by naming them all.</summary>
static class AlternativesProblem
{
    // More are hardly alternatives that a reader compares; and each is looked at in full.
    const int Most = 20;

    /// <summary>Adds the problem.</summary>
    public static void Add(List<SchemaNode> alternatives, in JsonElement value, string path, ref ArgumentWalk walk)
    {
        if (walk.Problems is not { } told)
            return;
        List<string>? nearest = null;
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array || alternatives.Count == 1)
            foreach (var alternative in alternatives.Take(Most))
                if (Problems(alternative, value, path, ref walk) is { } problems && (nearest is null || problems.Count < nearest.Count))
                    nearest = problems;
        if (nearest is not null)
            told.AddRange(nearest);
        else
            told.Add($"'{path}' should be {Words(alternatives)}, but {ArgumentText.Came(value, walk.ShowValues)} came.");
    }

    /// <summary>All of them: "an integer or one of …".</summary>
    public static string Words(IEnumerable<SchemaNode> alternatives) => alternatives.Take(Most).Select(ArgumentText.Words).Where(words => words.Length > 0).Distinct().ToList() is { Count: > 0 } words
        ? string.Join(" or ", words)
        : "of another form";

    // Null for an alternative that is meant for other kinds of values.
    static List<string>? Problems(SchemaNode alternative, in JsonElement value, string path, ref ArgumentWalk walk)
    {
        if (!alternative.Kinds.Have(value))
            return null;
        // The same budget: alternatives within alternatives multiply.
        var part = walk.With([]);
        part.Alternatives++;
        alternative.Check(value, path, ref part);
        walk.Continue(part);
        return part.Problems is { Count: > 0 } problems ? problems : null;
    }
}
