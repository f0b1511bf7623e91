using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>Packages with their dependencies, in exact versions, as files on this machine. The files never change: each hash has one content.</summary>
sealed record PackageGraph
{
    /// <summary>The graph for no packages.</summary>
    public static PackageGraph Empty { get; } = new() { Format = CurrentFormat };

    /// <summary>The newest <see cref="Format"/>.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The packages.</summary>
    public ImmutableArray<PackagePin> Packages { get; init; } = [];

    /// <summary>Their assemblies for this machine.</summary>
    public ImmutableArray<PackageAssembly> Assemblies { get; init; } = [];

    /// <summary>Their satellite assemblies.</summary>
    public ImmutableArray<PackageSatellite> Satellites { get; init; } = [];

    /// <summary>Their content files, for the output folder of a project.</summary>
    public ImmutableArray<PackageContent> Content { get; init; } = [];

    /// <summary>Their source generators and analyzers.</summary>
    public ImmutableArray<PackageGenerator> Generators { get; init; } = [];

    /// <summary>
    /// Version of the cached form of a graph; 0 was before satellites and content were stored, 1 before generators were.
    /// </summary>
    public int Format { get; init; }

    /// <summary>The paths of their native libraries for this machine.</summary>
    public ImmutableArray<string> NativeLibraries { get; init; } = [];

    /// <summary>Returns the packages as texts, <c>Id version hash</c>: equal texts mean equal contents.</summary>
    public ImmutableArray<string> Contents() => [.. Packages.Select(pin => $"{pin} {pin.Sha256}")];

    /// <summary>Returns true if all files exist.</summary>
    public bool IsWhole() => Assemblies.Select(assembly => assembly.Path).Concat(NativeLibraries)
        .Concat(Satellites.Select(satellite => satellite.Path)).Concat(Content.Select(file => file.Path))
        .Concat(Generators.Select(file => file.Path)).All(File.Exists);

    /// <summary>Returns the same graph with converted paths.</summary>
    internal PackageGraph WithPaths(Func<string, string> path) => this with
    {
        Assemblies = [.. Assemblies.Select(assembly => assembly with { Path = path(assembly.Path) })],
        NativeLibraries = [.. NativeLibraries.Select(path)],
        Satellites = [.. Satellites.Select(satellite => satellite with { Path = path(satellite.Path) })],
        Content = [.. Content.Select(file => file with { Path = path(file.Path) })],
        Generators = [.. Generators.Select(file => file with { Path = path(file.Path) })],
    };
}
