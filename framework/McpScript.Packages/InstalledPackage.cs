using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>A package that is installed as a plugin, with its dependencies.</summary>
sealed record InstalledPackage
{
    /// <summary>The id, as the package spells it.</summary>
    public required string Id { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>The requested version, range or floating version.</summary>
    public required string Requested { get; init; }

    /// <summary>The sources that were given for it; folders are absolute paths.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>The complete graph, including the package itself, by id.</summary>
    public required ImmutableArray<PackagePin> Packages { get; init; }

    /// <summary>Returns true if another package has exactly the same content.</summary>
    public bool IsSameAs(InstalledPackage? other) => other is not null && Packages.SequenceEqual(other.Packages);

    /// <summary>Returns the package for a selector and its restored graph.</summary>
    public static InstalledPackage Of(PackageSelector selector, PackageGraph graph, ImmutableArray<string> sources)
    {
        var main = graph.Packages.Single(pin => pin.Is(selector.Id));
        return new()
        {
            Id = main.Id, Version = main.Version, Requested = selector.Version, Sources = sources,
            Packages = [.. graph.Packages.OrderBy(pin => pin.Id, StringComparer.OrdinalIgnoreCase)],
        };
    }
}
