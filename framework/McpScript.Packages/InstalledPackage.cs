using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>A package that is installed as a plugin, with all that it needs.</summary>
sealed record InstalledPackage
{
    /// <summary>Its id, as it spells itself.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>What was asked for: a version, a range or a floating version.</summary>
    public required string Requested { get; init; }

    /// <summary>The sources that were named for it; absolute where they are folders.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>The whole graph, itself included, by id.</summary>
    public required ImmutableArray<PackagePin> Packages { get; init; }

    /// <summary>True if another one is the same to the last byte.</summary>
    public bool IsSameAs(InstalledPackage? other) => other is not null && Packages.SequenceEqual(other.Packages);

    /// <summary>What a restored graph makes of a wish.</summary>
    public static InstalledPackage Of(PackageSelector wish, PackageGraph graph, ImmutableArray<string> sources)
    {
        var main = graph.Packages.Single(pin => pin.Is(wish.Id));
        return new()
        {
            Id = main.Id, Version = main.Version, Requested = wish.Version, Sources = sources,
            Packages = [.. graph.Packages.OrderBy(pin => pin.Id, StringComparer.OrdinalIgnoreCase)],
        };
    }
}
