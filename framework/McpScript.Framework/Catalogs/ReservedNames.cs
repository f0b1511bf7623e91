namespace McpScript.Catalogs;

/// <summary>The tool names that belong to the host.</summary>
static class ReservedNames
{
    static readonly string[] Prefixes = ["proxy__", "factory__"];

    /// <summary>True if no plugin may have it.</summary>
    public static bool Reserves(string kind, string id) => kind == "tool" && Prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
