using System.Collections.Concurrent;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Gates;

/// <summary>The configured groups that plugins can guard their tools with.</summary>
/// <param name="gate">The gate; null if the configuration has no gate section.</param>
/// <param name="log">Log of guarded tools that are open because the gate is disabled.</param>
sealed partial class ConfiguredGroups(Gate? gate, ILogger log) : IGuardGroups
{
    readonly ConcurrentDictionary<string, byte> _reported = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string? WhyNot(string tool, string group)
    {
        if (gate is null)
            return $"Tool '{tool}' is guarded by group '{group}', but the configuration has no gate, so its calls could not be blocked. "
                + $"Add 'gate: {{ groups: {{ {group}: }} }}' to it, and the secret that 'mcp-proxy gate enroll {group}' makes.";
        if (!gate.IsOn)
        {
            if (_reported.TryAdd(tool, 0))
                Open(tool, group);
            return null;
        }
        return gate.Groups.ContainsKey(group)
            ? null
            : $"Tool '{tool}' is guarded by group '{group}', which 'gate.groups' does not have. It has: "
                + $"{(gate.Groups.IsEmpty ? "(none)" : string.Join(", ", gate.Groups.Keys))}. Add it there, or correct the name.";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gate: tool '{Tool}' is guarded by group '{Group}', but open, because gate.enabled is false.")]
    partial void Open(string tool, string group);
}
