using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>The last attempt to load a plugin, if it failed; an older generation may be serving all the same.</summary>
public sealed record PluginFailure
{
    /// <summary>The plugin.</summary>
    public required PluginReference Reference { get; init; }

    /// <summary>Stage that failed.</summary>
    public required PluginStage Stage { get; init; }

    /// <summary>Absolute path of the main file that was tried; null if the plugin was not found.</summary>
    public string? Path { get; init; }

    /// <summary>The failure in one line.</summary>
    public required string Error { get; init; }

    /// <summary>All problems.</summary>
    public required ImmutableArray<PluginProblem> Problems { get; init; }

    /// <summary>Files whose change could cure the failure.</summary>
    public required ImmutableArray<SourceFile> Files { get; init; }

    /// <summary>For a collision: the plugins that own the contested names; a change of one of them could cure it.</summary>
    public ImmutableArray<PluginReference> BlockedBy { get; init; } = [];

    /// <summary>Time of the attempt.</summary>
    public required DateTimeOffset At { get; init; }
}
