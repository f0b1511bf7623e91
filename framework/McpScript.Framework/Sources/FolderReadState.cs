namespace McpScript.Sources;

/// <summary>Outcome of reading a plugin folder.</summary>
enum FolderReadState
{
    /// <summary>Its entries are known.</summary>
    Read,

    /// <summary>It does not exist.</summary>
    Missing,

    /// <summary>It exists and cannot be read, as after a chmod or on a stale network handle.</summary>
    Unreadable,
}
