using McpScript.Model;

namespace McpScript.Sources;

/// <summary>Where one kind of plugin comes from.</summary>
interface IPluginSource
{
    /// <summary>
    /// Everything of this kind that is there now, in folder order, then by name. Cheap enough for every look at the disk; missing folders count as empty.
    /// </summary>
    IEnumerable<PluginLocation> Find();

    /// <summary>
    /// Files and folders that look like a plugin of this kind and are none, such as a folder whose entry script has another name. Cheap enough for every
    /// scan of the disk.
    /// </summary>
    IEnumerable<OverlookedPath> Overlooked() => [];

    /// <summary>
    /// Told that a plugin found here has changed and will probably be asked for in a moment, when its files have come to rest. May begin, in the
    /// background; need not.
    /// </summary>
    void Expect(PluginLocation location)
    {
    }

    /// <summary>Makes the image of a plugin found here; compiles if that is what it takes.</summary>
    /// <exception cref="PluginLoadException">With all problems at once, and the files whose change could cure them.</exception>
    ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken);
}
