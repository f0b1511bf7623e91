namespace McpScript.Configuration;

/// <summary>One entry of <c>limits.plugins</c>.</summary>
public sealed record PluginLimitSettings
{
    /// <summary><c>concurrency</c>: calls that may run in the plugin at once; null if not set.</summary>
    public Limit? Concurrency { get; init; }

    /// <summary>True if nothing is limited: the limit is absent or off.</summary>
    internal bool IsEmpty => Concurrency?.Most is null;
}
