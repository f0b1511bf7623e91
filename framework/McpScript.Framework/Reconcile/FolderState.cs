using System.Collections.Immutable;

namespace McpScript.Reconcile;

/// <summary>State of the plugin folders at the last scan, with absolute paths.</summary>
sealed record FolderState
{
    /// <summary>The state before the first scan.</summary>
    public static readonly FolderState Unknown = new();

    /// <summary>Folders that exist and could not be read so far.</summary>
    public ImmutableArray<string> Unread { get; init; } = [];

    /// <summary>Folders that were read before, and are missing or unreadable now.</summary>
    public ImmutableArray<string> Lost { get; init; } = [];

    /// <summary>Folders that can be read and hold no plugin, although plugins are desired.</summary>
    public ImmutableArray<string> Empty { get; init; } = [];
}
