namespace McpScript.Sources;

/// <summary>Outcome of reading a plugin folder.</summary>
enum FolderReadState
{
    /// <summary>The folder was read.</summary>
    Read,

    /// <summary>The folder does not exist.</summary>
    Missing,

    /// <summary>The folder exists and cannot be read, as after a chmod or on a stale network handle.</summary>
    Unreadable,
}
