using McpScript.Client.Arguments;

namespace McpScript.Client.Output;

/// <summary>Formats parameters as text, one per line, with nested properties indented below.</summary>
static class SchemaText
{
    const int MaxDepth = 6;

    /// <summary>Formats parameters; properties nested deeper than 6 levels are left out.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<Parameter> members, int depth = 1)
    {
        var width = members.Count == 0 ? 0 : members.Max(member => member.Name.Length);
        foreach (var member in members)
        {
            yield return $"{new string(' ', 2 * depth)}{member.Name.PadRight(width)}  {Describe(member)}";
            var nested = member.Schema.Properties is { Count: > 0 } own ? own : member.Schema.Items?.Properties ?? [];
            if (depth < MaxDepth)
                foreach (var line in Of(nested, depth + 1))
                    yield return line;
        }
    }

    /// <summary>Formats one parameter without its name: <c>[integer 1..12] (optional) default=1  Number of guests.</c></summary>
    public static string Describe(Parameter member)
    {
        var required = member.Required ? "required" : "optional";
        var preset = member.Default is { } value ? $" default={value}" : "";
        var description = member.Description is { } text ? $"  {text.ReplaceLineEndings(" ")}" : "";
        return $"[{member.Schema.Type}] ({required}){preset}{description}";
    }
}
