using System.Collections.Concurrent;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Gates;

/// <summary>The groups that plugins may guard their tools with: those of the configuration.</summary>
/// <param name="gate">The gate; null without that section.</param>
/// <param name="log">Told of tools that are open although they are guarded.</param>
sealed partial class ConfiguredGroups(Gate? gate, ILogger log) : IGuardGroups
{
    readonly ConcurrentDictionary<string, byte> _told = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string? WhyNot(string tool, string group)
    {
        if (gate is null)
            return $"Tool '{tool}' is guarded by group '{group}', but the configuration has no gate that could hold anybody back. "
                + $"Add 'gate: {{ groups: {{ {group}: }} }}' to it, and the secret that 'mcp-proxy gate enroll {group}' makes.";
        if (!gate.IsOn)
        {
            if (_told.TryAdd(tool, 0))
                Open(tool, group);
            return null;
        }
        return gate.Groups.ContainsKey(group)
            ? null
            : $"Tool '{tool}' is guarded by group '{group}', which 'gate.groups' does not have. It has: "
                + $"{(gate.Groups.IsEmpty ? "(none)" : string.Join(", ", gate.Groups.Keys))}. Add it there, or correct the name.";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gate: tool '{Tool}' is guarded by group '{Group}' and open all the same: gate.enabled is false.")]
    partial void Open(string tool, string group);
}
