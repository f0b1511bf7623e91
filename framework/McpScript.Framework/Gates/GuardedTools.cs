using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using McpScript.Configuration;
using McpScript.Loading.Primitives;
using ModelContextProtocol.Server;

namespace McpScript.Gates;

/// <summary>Which groups guard which tools: what authors say and what the configuration says, together. Immutable but for what it remembers.</summary>
sealed class GuardedTools(ImmutableSortedDictionary<string, GateGroupSettings> groups)
{
    // Weak keys: what is remembered of a tool goes with it, and so with its plugin.
    readonly ConditionalWeakTable<McpServerTool, string[]> _known = [];

    /// <summary>The groups, by name.</summary>
    public ImmutableSortedDictionary<string, GateGroupSettings> Groups => groups;

    /// <summary>The groups that guard a tool, each of which must be open; mostly none.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="plugin">Its plugin's name; null if it has none.</param>
    public IReadOnlyList<string> GroupsOf(McpServerTool tool, string? plugin) =>
        _known.TryGetValue(tool, out var known) ? known : _known.GetValue(tool, tool => [.. Find(tool, plugin).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>The groups whose patterns a name fits.</summary>
    public IEnumerable<string> GroupsOf(string name) =>
        // The way in must not be shut by its own lock.
        GateToolSet.Has(name) ? [] : groups.Where(group => group.Value.Tools.Any(pattern => Fits(pattern, name))).Select(group => group.Key);

    /// <summary>What a group names that is not there, for a warning: patterns of tools, and plugins.</summary>
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

    // Ignoring case, so that a slip guards too much rather than nothing.
    static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);

    static bool IsSame(string name, string? plugin) => string.Equals(name, plugin, StringComparison.OrdinalIgnoreCase);
}
