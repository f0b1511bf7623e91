using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using McpScript.Configuration;
using McpScript.Loading.Primitives;
using ModelContextProtocol.Server;

namespace McpScript.Gates;

/// <summary>The groups that guard each tool, from plugin code and configuration. Immutable, with a cache; safe for concurrent use.</summary>
sealed class GuardedTools(ImmutableSortedDictionary<string, GateGroupSettings> groups)
{
    // Weak keys: the cache does not keep a tool, and so its plugin, alive.
    readonly ConditionalWeakTable<McpServerTool, string[]> _known = [];

    /// <summary>The groups, by name.</summary>
    public ImmutableSortedDictionary<string, GateGroupSettings> Groups => groups;

    /// <summary>Returns the groups that guard a tool, all of which must be open; empty for most tools.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="plugin">The name of the tool's plugin; null if it has none.</param>
    public IReadOnlyList<string> GroupsOf(McpServerTool tool, string? plugin) =>
        _known.TryGetValue(tool, out var known)
            ? known
            : _known.GetValue(tool, tool => [.. Find(tool, plugin).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>Returns the groups with a pattern that matches a name.</summary>
    public IEnumerable<string> GroupsOf(string name) =>
        // The gate's own tools must stay callable, or nothing could be unlocked.
        GateToolSet.Has(name) ? [] : groups.Where(group => group.Value.Tools.Any(pattern => Fits(pattern, name))).Select(group => group.Key);

    /// <summary>Returns the patterns and plugins of a group that match nothing, for a warning.</summary>
    public IEnumerable<string> Unused(string group, IReadOnlyCollection<(McpServerTool Tool, string? Plugin)> served) =>
    [
        .. groups[group].Tools.Where(pattern => !served.Any(item => Fits(pattern, item.Tool.ProtocolTool.Name))).Select(pattern => $"tools: '{pattern}'"),
        .. groups[group].Plugins.Where(name => !served.Any(item => IsSame(name, item.Plugin))).Select(name => $"plugins: '{name}'"),
    ];

    IEnumerable<string> Find(McpServerTool tool, string? plugin) =>
    [
        .. Guards.Of(tool),
        .. GroupsOf(tool.ProtocolTool.Name),
        .. groups.Where(group => group.Value.Plugins.Any(name => IsSame(name, plugin))).Select(group => group.Key),
    ];

    // Ignores case, so that a typo guards too much rather than nothing.
    static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);

    static bool IsSame(string name, string? plugin) => string.Equals(name, plugin, StringComparison.OrdinalIgnoreCase);
}
