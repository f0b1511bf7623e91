using McpScript.Model;

namespace McpScript.Sources;

/// <summary>Where each plugin could be had at one look, and from which source.</summary>
sealed class PluginPlaces
{
    readonly IReadOnlyDictionary<PluginReference, (IPluginSource Source, PluginLocation Location)> _places;

    internal PluginPlaces(IReadOnlyDictionary<PluginReference, (IPluginSource Source, PluginLocation Location)> places) => _places = places;

    /// <summary>The place of a plugin; null if there was none.</summary>
    public PluginLocation? Find(PluginReference reference) => _places.TryGetValue(reference, out var place) ? place.Location : null;

    /// <summary>Tells a plugin's source that it will probably be asked for in a moment.</summary>
    public void Expect(PluginReference reference)
    {
        if (_places.TryGetValue(reference, out var place))
            place.Source.Expect(place.Location);
    }

    /// <summary>The image of a plugin.</summary>
    /// <exception cref="PluginLoadException">There was no such plugin, or it does not compile.</exception>
    public ValueTask<PluginImage> GetAsync(PluginReference reference, CancellationToken cancellationToken) => _places.TryGetValue(reference, out var place)
        ? place.Source.GetAsync(place.Location, cancellationToken)
        : throw new PluginLoadException(reference, PluginStage.Resolve, [new($"Plugin '{reference}' not found{Cure(reference)}")]);

    // A name with dots looks like that of a package.
    static string Cure(PluginReference reference) => reference.Name.Contains('.') ? $". If it is a package, install it: mcp-proxy install {reference}" : "";
}
