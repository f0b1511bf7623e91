using System.Collections.Immutable;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>All sources in the order in which they win a name.</summary>
/// <param name="sources">The strongest first.</param>
sealed class PluginSources(IReadOnlyList<IPluginSource> sources)
{
    /// <summary>Every plugin that can be had, each name once, with those that another one hides.</summary>
    public AvailablePlugins Find()
    {
        var available = new Dictionary<PluginReference, PluginLocation>();
        var shadowed = ImmutableArray.CreateBuilder<(PluginLocation Hidden, PluginLocation By)>();
        foreach (var location in sources.SelectMany(source => source.Find()))
            if (!available.TryAdd(location.Reference, location) && available[location.Reference].Path != location.Path)
                shadowed.Add((location, available[location.Reference]));
        return new([.. available.Values], shadowed.ToImmutable());
    }

    /// <summary>Files and folders that look like a plugin and are none.</summary>
    public IEnumerable<OverlookedPath> Overlooked() => sources.SelectMany(source => source.Overlooked());

    /// <summary>Looks once for all that can be had; a change of a thousand plugins must not look a thousand times at a thousand files.</summary>
    public PluginPlaces Look()
    {
        var places = new Dictionary<PluginReference, (IPluginSource, PluginLocation)>();
        foreach (var source in sources)
            foreach (var location in source.Find())
                places.TryAdd(location.Reference, (source, location));
        return new(places);
    }
}
