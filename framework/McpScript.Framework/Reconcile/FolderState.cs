using System.Collections.Immutable;

namespace McpScript.Reconcile;

/// <summary>State of the plugin folders at the last scan, by their absolute paths.</summary>
sealed record FolderState
{
    /// <summary>Before the first scan.</summary>
    public static readonly FolderState Unknown = new();

    /// <summary>Folders that exist and could never be read.</summary>
    public ImmutableArray<string> Unread { get; init; } = [];

    /// <summary>Folders that were read before and are gone now, or closed.</summary>
    public ImmutableArray<string> Lost { get; init; } = [];

    /// <summary>Folders that can be read and hold no plugin, although plugins are wanted.</summary>
    public ImmutableArray<string> Empty { get; init; } = [];
}
