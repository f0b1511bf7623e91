namespace McpScript;

/// <summary>A loaded plugin as data.</summary>
public record PluginSnapshot
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Counts the attempts to load this name, from 1.</summary>
    public required int Generation { get; init; }

    /// <summary>When this generation was made.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>Its tools.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    /// <summary>Its resources and resource templates.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>Its prompts.</summary>
    public required IReadOnlyList<string> Prompts { get; init; }
}
