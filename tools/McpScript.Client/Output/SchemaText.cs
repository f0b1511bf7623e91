using McpScript.Client.Arguments;

namespace McpScript.Client.Output;

/// <summary>A JSON Schema of an object as a list of its members, one a line, the nested ones below.</summary>
static class SchemaText
{
    const int Deepest = 6;

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<Parameter> members, int depth = 1)
    {
        var width = members.Count == 0 ? 0 : members.Max(member => member.Name.Length);
        foreach (var member in members)
        {
            yield return $"{new string(' ', 2 * depth)}{member.Name.PadRight(width)}  {Describe(member)}";
            var nested = member.Schema.Properties is { Count: > 0 } own ? own : member.Schema.Items?.Properties ?? [];
            if (depth < Deepest)
                foreach (var line in Of(nested, depth + 1))
                    yield return line;
        }
    }

    /// <summary>A member in a few words.</summary>
    public static string Describe(Parameter member) =>
        $"[{member.Schema.Type}] ({(member.Required ? "required" : "optional")}){(member.Default is { } value ? $" default={value}" : "")}{(member.Description is { } text ? $"  {text.ReplaceLineEndings(" ")}" : "")}";
}
