namespace McpScript.Sources;

/// <summary>A file or folder in a plugin folder that looks like a plugin and is not loaded.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Root">The plugin folder that it lies in.</param>
/// <param name="Reason">Why it is not loaded, and what to do: a whole sentence.</param>
/// <param name="IsMistake">True if it was most likely meant as a plugin; false for what may be there on purpose.</param>
sealed record OverlookedPath(string Path, string Root, string Reason, bool IsMistake = true)
{
    /// <summary>True if its source logs it when it looks for plugins.</summary>
    public bool IsLogged { get; init; }
}
