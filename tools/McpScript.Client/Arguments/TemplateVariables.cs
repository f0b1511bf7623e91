using System.Text.RegularExpressions;

namespace McpScript.Client.Arguments;

/// <summary>Variables of a URI template (RFC 6570).</summary>
static partial class TemplateVariables
{
    /// <summary>Returns the variables as parameters; variables of a query (<c>{?…}</c>, <c>{&amp;…}</c>) are optional.</summary>
    public static IReadOnlyList<Parameter> Of(string template) => [.. Expression().Matches(template)
        .SelectMany(match => match.Groups["names"].Value.Split(',').Select(name => Variable(name, match.Groups["operator"].Value)))
        .DistinctBy(variable => variable.Name)];

    // "name:3" and "name*" are modifiers of the variable "name".
    static Parameter Variable(string name, string @operator) => Parameter.Text(name.Split(':')[0].TrimEnd('*'), required: @operator is not ("?" or "&"), null);

    [GeneratedRegex(@"\{(?<operator>[+#./;?&]?)(?<names>[^}]+)\}")]
    private static partial Regex Expression();
}
