using System.Collections.Immutable;
using McpScript.FileSystem;

namespace McpScript.Sources;

/// <summary>The entries of one plugin folder, read once; hidden ones (names that begin with <c>_</c> or <c>.</c>) left out. Immutable.</summary>
/// <param name="Root">Absolute path of the plugin folder.</param>
/// <param name="State">Outcome of reading it.</param>
/// <param name="Files">Absolute paths of its files, by name.</param>
/// <param name="Folders">Absolute paths of its folders, by name.</param>
sealed record FolderListing(string Root, FolderReadState State, ImmutableArray<string> Files, ImmutableArray<string> Folders)
{
    /// <summary>True if there is no entry at all, hidden ones included.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Identity of the folder that was read: another one may have been mounted in its place.</summary>
    public FileIdentity Identity { get; init; }

    /// <summary>The error if it cannot be read; null otherwise.</summary>
    public string? Error { get; init; }
}
