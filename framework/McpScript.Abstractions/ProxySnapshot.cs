namespace McpScript;

/// <summary>The proxy at one moment, as management commands see it. Read-only.</summary>
public sealed record ProxySnapshot
{
    /// <summary>The loaded plugins, in load order.</summary>
    public required IReadOnlyList<PluginSnapshot> Plugins { get; init; }

    /// <summary>The names of all plugins' tools, in listing order.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    /// <summary>When the proxy was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Load contexts that have not been collected, those of loaded plugins included.</summary>
    public required int LiveGenerations { get; init; }
}
