namespace McpScript.Sources;

/// <summary>A file or folder in a plugin folder that looks like a plugin and is not loaded.</summary>
/// <param name="Path">Absolute path of it.</param>
/// <param name="Root">The plugin folder that it is in.</param>
/// <param name="Reason">The reason why it is not loaded, and the fix: a whole sentence.</param>
/// <param name="IsMistake">True if it was most likely meant as a plugin; false for files that may be there on purpose.</param>
sealed record OverlookedPath(string Path, string Root, string Reason, bool IsMistake = true)
{
    /// <summary>True if its source logs it when it scans.</summary>
    public bool IsLogged { get; init; }
}
