namespace McpScript.Catalogs;

/// <summary>The tool names that belong to the host.</summary>
static class ReservedNames
{
    const string Gate = "gate_";

    static readonly string[] Prefixes = ["proxy__", "factory__"];

    /// <summary>True if no plugin may have it.</summary>
    /// <param name="kind">What is named.</param>
    /// <param name="id">The name.</param>
    /// <param name="hosts">The names of the host's own: while the gate is among them, all names like its tools' are its own.</param>
    public static bool Reserves(string kind, string id, IEnumerable<string> hosts) => kind == "tool"
        && (Prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            || id.StartsWith(Gate, StringComparison.OrdinalIgnoreCase) && hosts.Any(host => host.StartsWith(Gate, StringComparison.Ordinal)));
}
