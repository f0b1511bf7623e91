namespace McpScript.Sources;

/// <summary>One entry of a plugin folder.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="IsFolder">True for a folder, or a link to one.</param>
readonly record struct FolderEntry(string Path, bool IsFolder)
{
    /// <summary>Name of the file or folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);
}
