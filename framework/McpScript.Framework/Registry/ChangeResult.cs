using System.Collections.Immutable;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>What became of one wish.</summary>
public sealed record ChangeResult
{
    /// <summary>Name of the plugin, as requested.</summary>
    public required string Name { get; init; }

    /// <summary>The plugin; null if the requested name is not a plugin name.</summary>
    public PluginReference? Reference { get; init; }

    /// <summary>What was wished.</summary>
    public required PluginChangeKind Kind { get; init; }

    /// <summary>True if it was done.</summary>
    public required bool Ok { get; init; }

    /// <summary>The plugin as it is loaded now; null after an unload, and when nothing is loaded under the name.</summary>
    public PluginSummary? Plugin { get; init; }

    /// <summary>True if a generation was loaded under the name before.</summary>
    public bool WasLoaded { get; init; }

    /// <summary>The tools, resources, prompts and commands that came.</summary>
    public ImmutableArray<string> Added { get; init; } = [];

    /// <summary>Those that clients are told something else of than before.</summary>
    public ImmutableArray<string> Changed { get; init; } = [];

    /// <summary>The tools, resources and prompts that went.</summary>
    public ImmutableArray<string> Removed { get; init; } = [];

    /// <summary>Why it was not done, in a line; null if it was.</summary>
    public string? Error { get; init; }

    /// <summary>How far a load came that failed; null if it did not fail, or was refused for the state it was in.</summary>
    public PluginStage? Stage { get; init; }

    /// <summary>All that is wrong with a plugin that failed to load.</summary>
    public ImmutableArray<PluginProblem> Problems { get; init; } = [];

    /// <summary>How long it took, from the wish's turn to the swap.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long getting the image took, which for a script is reading and compiling.</summary>
    public TimeSpan Compiling { get; init; }

    /// <summary>How long making it live took: loading it and running its registration.</summary>
    public TimeSpan Registering { get; init; }

    internal static ChangeResult Refused(PluginChange change, string error) =>
        new() { Name = change.Reference.Name, Reference = change.Reference, Kind = change.Kind, Ok = false, Error = error };
}
