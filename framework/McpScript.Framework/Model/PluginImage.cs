using System.Collections.Immutable;
using McpScript.FileSystem;

namespace McpScript.Model;

/// <summary>Everything that a loader needs to load a plugin, as data; each way of running a plugin has images of its own. Holds no live types.</summary>
abstract record PluginImage
{
    /// <summary>Location of the plugin.</summary>
    public required PluginLocation Location { get; init; }

    /// <summary>Every file that the image depends on, missing ones included; a change of any of them requires a new image.</summary>
    public required ImmutableArray<SourceFile> Files { get; init; }

    /// <summary>Time that reading files took, as a part of the time for making it.</summary>
    public TimeSpan Reading { get; init; }
}
