using System.Collections.Immutable;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>Status of one plugin.</summary>
public sealed record PluginStatus
{
    /// <summary><c>live</c>; <c>live, last reload failed</c>; or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Names of its tools.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Number of its tools.</summary>
    public int ToolCount => Tools.Length;

    /// <summary>URIs of its resources, and its URI templates.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>Number of its resources and templates.</summary>
    public int ResourceCount => Resources.Length;

    /// <summary>Names of its prompts.</summary>
    public ImmutableArray<string> Prompts { get; init; } = [];

    /// <summary>Number of its prompts.</summary>
    public int PromptCount => Prompts.Length;

    /// <summary>True for a plugin that belongs to the host.</summary>
    public bool Internal { get; init; }

    /// <summary>Time when the served generation was loaded; null if none is.</summary>
    public DateTimeOffset? LoadedAt { get; init; }

    /// <summary>Number of the served generation; 0 if none is.</summary>
    public int Generation { get; init; }

    /// <summary>The kind of source, such as <c>script</c>; null if the plugin is not loaded.</summary>
    public string? Source { get; init; }

    /// <summary>Absolute path of its main file; null if the plugin is not loaded.</summary>
    public string? Path { get; init; }

    /// <summary>The stage at which the last attempt failed; null if it succeeded.</summary>
    public string? Stage { get; init; }

    /// <summary>Problems of the last attempt; empty if it succeeded.</summary>
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
