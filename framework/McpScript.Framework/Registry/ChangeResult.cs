using System.Collections.Immutable;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>Outcome of one requested plugin change.</summary>
public sealed record ChangeResult
{
    /// <summary>Name of the plugin, as requested.</summary>
    public required string Name { get; init; }

    /// <summary>The plugin; null if the requested name is not a plugin name.</summary>
    public PluginReference? Reference { get; init; }

    /// <summary>The kind of change.</summary>
    public required PluginChangeKind Kind { get; init; }

    /// <summary>True if the change was made.</summary>
    public required bool Ok { get; init; }

    /// <summary>The plugin as it is loaded now; null after an unload, and when nothing is loaded under the name.</summary>
    public PluginSummary? Plugin { get; init; }

    /// <summary>True if a generation was loaded under the name before.</summary>
    public bool WasLoaded { get; init; }

    /// <summary>Names of the added tools, resources, prompts and commands.</summary>
    public ImmutableArray<string> Added { get; init; } = [];

    /// <summary>Names of the items whose definition, as clients see it, is another than before.</summary>
    public ImmutableArray<string> Changed { get; init; } = [];

    /// <summary>Names of the removed tools, resources, prompts and commands.</summary>
    public ImmutableArray<string> Removed { get; init; } = [];

    /// <summary>The reason for a failure in one line; null for a success.</summary>
    public string? Error { get; init; }

    /// <summary>The stage of loading that failed; null if none failed, or the change was refused because of the plugin's state.</summary>
    public PluginStage? Stage { get; init; }

    /// <summary>All problems of a plugin that failed to load.</summary>
    public ImmutableArray<PluginProblem> Problems { get; init; } = [];

    /// <summary>Duration of the change set, from its start to the swap.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Time to get the image, which for a script is reading and compiling.</summary>
    public TimeSpan Compiling { get; init; }

    /// <summary>Time to load the image and run its registration.</summary>
    public TimeSpan Registering { get; init; }

    internal static ChangeResult Refused(PluginChange change, string error) =>
        new() { Name = change.Reference.Name, Reference = change.Reference, Kind = change.Kind, Ok = false, Error = error };
}
