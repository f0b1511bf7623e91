using System.Text.RegularExpressions;

namespace McpScript.Client.Arguments;

/// <summary>The variables of a URI template (RFC 6570).</summary>
static partial class TemplateVariables
{
    /// <summary>All of them; those of a query may be left out.</summary>
    public static IReadOnlyList<Parameter> Of(string template) => [.. Expression().Matches(template)
        .SelectMany(match => match.Groups["names"].Value.Split(',').Select(name => Parameter.Text(name.Split(':')[0].TrimEnd('*'), required: match.Groups["operator"].Value is not ("?" or "&"), null)))
        .DistinctBy(variable => variable.Name)];

    [GeneratedRegex(@"\{(?<operator>[+#./;?&]?)(?<names>[^}]+)\}")]
    private static partial Regex Expression();
}
