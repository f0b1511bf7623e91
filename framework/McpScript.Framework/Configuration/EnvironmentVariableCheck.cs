using McpScript.Configuration.Schema;

namespace McpScript.Configuration;

/// <summary>Finds <c>MCP_*</c> variables that somebody meant for us and misspelt. Others may be anybody's, so they are left alone.</summary>
static class EnvironmentVariableCheck
{
    const string Prefix = "MCP_";

    /// <summary>Warns about near-misses.</summary>
    public static void Check(IEnumerable<string> variables, ReadContext context)
    {
        var known = ConfigurationKeys.All.Keys.Select(key => key.EnvironmentVariable).OfType<string>().ToHashSet();
        var suffixes = known.Select(variable => variable[Prefix.Length..]).ToArray();
        var unknown = variables.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !known.Contains(name));
        foreach (var variable in unknown.Order(StringComparer.Ordinal))
            // Without the prefix, which would make any two short names look alike.
            if (Spelling.Nearest(variable[Prefix.Length..], suffixes) is { } near)
                context.Warn($"the environment variable {variable} is not known and has no effect; did you mean {Prefix}{near}?");
    }
}
