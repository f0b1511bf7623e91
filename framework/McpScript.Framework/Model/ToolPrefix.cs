namespace McpScript.Model;

/// <summary>Adds a plugin's prefix to the names of its tools, never twice.</summary>
static class ToolPrefix
{
    /// <summary>Applies a prefix: <c>mm</c> and <c>send</c> make <c>mm_send</c>; <c>mm_send</c> stays.</summary>
    /// <exception cref="ArgumentException">The result is not a tool name.</exception>
    public static string Apply(string? prefix, string name)
    {
        if (prefix is null || name.StartsWith(prefix + "_", StringComparison.Ordinal))
            return name;
        var prefixed = $"{prefix}_{name}";
        return ToolName.IsValid(prefixed)
            ? prefixed
            : throw new ArgumentException(
                $"With its prefix, tool '{name}' becomes '{prefixed}', which is not a tool name: 1 to 128 of A-Z, a-z, 0-9, '_', '-' and '.'. "
                + "Set another plugins.<name>.prefix.");
    }
}
