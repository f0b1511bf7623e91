using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>The <c>limits</c> section: limits of tool calls.</summary>
public sealed record LimitSettings : ToolLimitSettings
{
    /// <summary><c>rate_window</c>: the period in which calls are counted. Default: 1 minute.</summary>
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>concurrency</c>: calls that may run in one plugin at once; null if not set.</summary>
    public Limit? Concurrency { get; init; }

    /// <summary><c>queue</c>: calls that may wait for a busy plugin. Default: 100.</summary>
    public int Queue { get; init; } = 100;

    /// <summary><c>tools</c>: limits by patterns of tool names.</summary>
    public ImmutableSortedDictionary<string, ToolLimitSettings> Tools { get; init; } =
        ImmutableSortedDictionary.Create<string, ToolLimitSettings>(StringComparer.Ordinal);

    /// <summary><c>plugins</c>: limits by plugin names.</summary>
    public ImmutableSortedDictionary<string, PluginLimitSettings> Plugins { get; init; } =
        ImmutableSortedDictionary.Create<string, PluginLimitSettings>(StringComparer.Ordinal);

    /// <summary>True if no call of any tool is limited.</summary>
    internal override bool IsEmpty =>
        base.IsEmpty && Concurrency?.Most is null && Tools.Values.All(tool => tool.IsEmpty) && Plugins.Values.All(plugin => plugin.IsEmpty);
}
