using System.Text.RegularExpressions;

namespace McpScript.Configuration.Yaml;

/// <summary>Expands <c>${VAR}</c> and <c>${VAR:-default}</c>, once; <c>$${</c> stands for the two characters <c>${</c>.</summary>
sealed partial class Variables(IReadOnlyDictionary<string, string> environment)
{
    const string Malformed =
        "'${' begins a variable, written '${NAME}' or '${NAME:-default}', without another one in it; write '$${' for the two characters themselves";

    /// <summary>Returns the text with its variables replaced, and true if there were any.</summary>
    /// <param name="text">The value as YAML gives it.</param>
    /// <param name="problems">Receives problems with the variables; their values never appear in it.</param>
    public (string Text, bool Expanded) Expand(string text, List<string> problems)
    {
        var expanded = false;
        var result = Pattern().Replace(text, match =>
        {
            if (match.Value == "$${")
                return "${";
            expanded = true;
            return Value(match, problems);
        });
        return (result, expanded);
    }

    string Value(Match match, List<string> problems)
    {
        var name = match.Groups["name"].Value;
        var fallback = match.Groups["default"];
        var value = environment.GetValueOrDefault(name);
        if (name.Length == 0 || fallback.Value.Contains("${", StringComparison.Ordinal))
            problems.Add(Malformed);
        else if (fallback.Success)
            return string.IsNullOrEmpty(value) ? fallback.Value : value;
        else if (value is null)
            problems.Add($"the variable {name} is not set and has no default; set it, or write '${{{name}:-default}}'");
        return value ?? "";
    }

    [GeneratedRegex(@"\$\$\{|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?\}|\$\{", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
