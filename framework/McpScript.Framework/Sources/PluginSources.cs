namespace McpScript.Sources;

/// <summary>All sources, in the order in which they win a name.</summary>
/// <param name="folders">Reads the plugin folders.</param>
/// <param name="sources">The strongest first.</param>
sealed class PluginSources(PluginFolders folders, IReadOnlyList<IPluginSource> sources)
{
    /// <summary>Reads each plugin folder once and returns the findings of all sources.</summary>
    public FolderSnapshot Scan()
    {
        var listings = folders.Read();
        return new(listings, [.. sources.Select(source => (source, source.Find(listings)))]);
    }
}
