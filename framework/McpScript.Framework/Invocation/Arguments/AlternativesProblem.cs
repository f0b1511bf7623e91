using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Describes a value that fits none of several schemas: by the problems of the nearest one, or by a list of all.</summary>
static class AlternativesProblem
{
    // A reader cannot compare more alternatives, and each is checked in full.
    const int Most = 20;

    /// <summary>Adds the problem.</summary>
    public static void Add(List<SchemaNode> alternatives, in JsonElement value, string path, ref ArgumentWalk walk)
    {
        if (walk.Problems is not { } collected)
            return;
        List<string>? nearest = null;
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array || alternatives.Count == 1)
            foreach (var alternative in alternatives.Take(Most))
                if (Problems(alternative, value, path, ref walk) is { } problems && (nearest is null || problems.Count < nearest.Count))
                    nearest = problems;
        if (nearest is not null)
            collected.AddRange(nearest);
        else
            collected.Add($"'{path}' should be {Words(alternatives)}, but {ArgumentText.Came(value, walk.ShowValues)} came.");
    }

    /// <summary>Returns all alternatives as text, such as "an integer or one of …".</summary>
    public static string Words(IEnumerable<SchemaNode> alternatives)
    {
        var words = alternatives.Take(Most).Select(ArgumentText.Words).Where(words => words.Length > 0).Distinct().ToList();
        return words.Count > 0 ? string.Join(" or ", words) : "of another form";
    }

    // Null for an alternative for other kinds of values.
    static List<string>? Problems(SchemaNode alternative, in JsonElement value, string path, ref ArgumentWalk walk)
    {
        if (!alternative.Kinds.Have(value))
            return null;
        // Shares the budget of steps, because nested alternatives multiply.
        var part = walk.With([]);
        part.Alternatives++;
        alternative.Check(value, path, ref part);
        walk.Continue(part);
        return part.Problems is { Count: > 0 } problems ? problems : null;
    }
}
