using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>The <c>limits</c> section: what callers may ask of tools.</summary>
public sealed record LimitSettings : ToolLimitSettings
{
    /// <summary><c>rate_window</c>: the time in which calls are counted.</summary>
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>concurrency</c>: calls that may run in one plugin at once; null if nothing is said.</summary>
    public Limit? Concurrency { get; init; }

    /// <summary><c>queue</c>: calls that may wait for a plugin that is busy.</summary>
    public int Queue { get; init; } = 100;

    /// <summary><c>tools</c>: by patterns of tool names.</summary>
    public ImmutableSortedDictionary<string, ToolLimitSettings> Tools { get; init; } = ImmutableSortedDictionary.Create<string, ToolLimitSettings>(StringComparer.Ordinal);

    /// <summary><c>plugins</c>: by the plugins' names.</summary>
    public ImmutableSortedDictionary<string, PluginLimitSettings> Plugins { get; init; } = ImmutableSortedDictionary.Create<string, PluginLimitSettings>(StringComparer.Ordinal);
}
