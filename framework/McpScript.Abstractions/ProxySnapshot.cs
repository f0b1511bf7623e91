namespace McpScript;

/// <summary>Snapshot of the proxy for management commands. Read-only.</summary>
public sealed record ProxySnapshot
{
    /// <summary>The loaded plugins, in load order.</summary>
    public required IReadOnlyList<PluginSnapshot> Plugins { get; init; }

    /// <summary>The names of all plugins' tools, in listing order.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    /// <summary>Time when the proxy was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The number of load contexts that are not collected yet, including those of loaded plugins.</summary>
    public required int LiveGenerations { get; init; }
}
