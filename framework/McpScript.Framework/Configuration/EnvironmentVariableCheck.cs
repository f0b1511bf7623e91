using McpScript.Configuration.Schema;

namespace McpScript.Configuration;

/// <summary>Finds misspelt <c>MCP_*</c> variables. Variables that resemble no known one may belong to other programs, and are ignored.</summary>
static class EnvironmentVariableCheck
{
    const string Prefix = "MCP_";

    /// <summary>Warns about variables that resemble a known one.</summary>
    public static void Check(IEnumerable<string> variables, ReadContext context)
    {
        var known = ConfigurationKeys.All.Keys.Select(key => key.EnvironmentVariable).OfType<string>().ToHashSet();
        var suffixes = known.Select(variable => variable[Prefix.Length..]).ToArray();
        var unknown = variables.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !known.Contains(name));
        foreach (var variable in unknown.Order(StringComparer.Ordinal))
            // Compared without the prefix, which would make all short names similar.
            if (Spelling.Nearest(variable[Prefix.Length..], suffixes) is { } near)
                context.Warn($"the environment variable {variable} is not known and has no effect; did you mean {Prefix}{near}?");
    }
}
