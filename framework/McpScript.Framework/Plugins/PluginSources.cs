using System.Collections.Immutable;

namespace McpScript.Plugins;

/// <summary>All sources in the order in which they win a name.</summary>
/// <param name="sources">The strongest first.</param>
public sealed class PluginSources(IReadOnlyList<IPluginSource> sources)
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

    // A name with dots looks like that of a package.
    static string Cure(PluginReference reference) => reference.Name.Contains('.') ? $". If it is a package, install it: mcp-proxy install {reference}" : "";

    /// <summary>The image of a plugin.</summary>
    /// <exception cref="PluginLoadException">There is no such plugin, or it does not compile.</exception>
    public ValueTask<PluginImage> GetAsync(PluginReference reference, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
            if (source.Find().FirstOrDefault(location => location.Reference.Equals(reference)) is { } location)
                return source.GetAsync(location, cancellationToken);
        throw new PluginLoadException(reference, PluginStage.Resolve, [new($"Plugin '{reference}' not found{Cure(reference)}")]);
    }
}
