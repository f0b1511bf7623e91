namespace McpScript.Catalogs;

/// <summary>Tool names that are reserved for the host.</summary>
static class ReservedNames
{
    const string Gate = "gate_";

    static readonly string[] Prefixes = ["proxy__", "factory__"];

    /// <summary>True if no plugin can have a name.</summary>
    /// <param name="kind">The kind of primitive.</param>
    /// <param name="id">The name.</param>
    /// <param name="hosts">Names of the host's own tools: while the gate's are among them, the prefix <c>gate_</c> is reserved.</param>
    public static bool Reserves(string kind, string id, IEnumerable<string> hosts) => kind == "tool"
        && (Prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            || id.StartsWith(Gate, StringComparison.OrdinalIgnoreCase) && hosts.Any(host => host.StartsWith(Gate, StringComparison.Ordinal)));
}
