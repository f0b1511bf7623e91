namespace McpScript;

/// <summary>Snapshot of a loaded plugin.</summary>
public record PluginSnapshot
{
    /// <summary>The plugin's name.</summary>
    public required string Name { get; init; }

    /// <summary>The number of the attempt to load this name, from 1.</summary>
    public required int Generation { get; init; }

    /// <summary>Time when this generation was created.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>The names of its tools.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    /// <summary>The URIs of its resources and resource templates.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>The names of its prompts.</summary>
    public required IReadOnlyList<string> Prompts { get; init; }
}
