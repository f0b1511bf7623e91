using System.Collections.Immutable;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>Source of one kind of plugin.</summary>
interface IPluginSource
{
    /// <summary>Finds every plugin of this kind. Cheap enough for every scan; missing folders count as empty.</summary>
    /// <param name="folders">The plugin folders as they were read for this scan.</param>
    SourceFindings Find(ImmutableArray<FolderListing> folders);

    /// <summary>Creates the image of a plugin found here; compiles it if necessary.</summary>
    /// <exception cref="PluginLoadException">There are problems; the exception has all of them, and the files whose change could cure them.</exception>
    ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken);
}
