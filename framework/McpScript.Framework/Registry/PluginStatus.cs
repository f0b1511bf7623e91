using System.Collections.Immutable;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>One plugin in the status.</summary>
public sealed record PluginStatus
{
    /// <summary><c>live</c>; <c>live, last reload failed</c>; or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Its tools.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>How many.</summary>
    public int ToolCount => Tools.Length;

    /// <summary>Its resources and templates.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>How many.</summary>
    public int ResourceCount => Resources.Length;

    /// <summary>Its prompts.</summary>
    public ImmutableArray<string> Prompts { get; init; } = [];

    /// <summary>How many.</summary>
    public int PromptCount => Prompts.Length;

    /// <summary>True for a plugin that belongs to the host.</summary>
    public bool Internal { get; init; }

    /// <summary>When the generation that is served was made; null if none is.</summary>
    public DateTimeOffset? LoadedAt { get; init; }

    /// <summary>The generation that is served; 0 if none is.</summary>
    public int Generation { get; init; }

    /// <summary>The kind of source, such as <c>script</c>; null if it was never loaded.</summary>
    public string? Source { get; init; }

    /// <summary>Its main file.</summary>
    public string? Path { get; init; }

    /// <summary>Where the last attempt failed; null if it succeeded.</summary>
    public string? Stage { get; init; }

    /// <summary>What the last attempt failed of; empty if it succeeded.</summary>
    public ImmutableArray<PluginProblem> Problems { get; init; } = [];

    internal static PluginStatus Of(PluginSummary? plugin, PluginFailure? failure) => new()
    {
        State = plugin is null ? "failed" : failure is null ? "live" : "live, last reload failed",
        Tools = [.. plugin?.Tools ?? []],
        Resources = [.. plugin?.Resources ?? []],
        Prompts = [.. plugin?.Prompts ?? []],
        LoadedAt = plugin?.LoadedAt,
        Generation = plugin?.Generation ?? 0,
        Source = plugin?.Source,
        Path = plugin?.Path,
        Stage = failure is null ? null : PluginLoadException.Verb(failure.Stage),
        Problems = failure?.Problems ?? [],
    };
}
