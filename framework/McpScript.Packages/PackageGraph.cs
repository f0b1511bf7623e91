using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>Packages with all that they need, in exact versions, as files on this machine. They never change: a package of one hash has one content.</summary>
sealed record PackageGraph
{
    /// <summary>Asked for nothing, so there is nothing.</summary>
    public static PackageGraph Empty { get; } = new() { Format = CurrentFormat };

    /// <summary>The newest <see cref="Format"/>.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The packages.</summary>
    public ImmutableArray<PackagePin> Packages { get; init; } = [];

    /// <summary>Their assemblies for this machine.</summary>
    public ImmutableArray<PackageAssembly> Assemblies { get; init; } = [];

    /// <summary>Their satellite assemblies.</summary>
    public ImmutableArray<PackageSatellite> Satellites { get; init; } = [];

    /// <summary>The files that they bring for the output folder of a project that uses them.</summary>
    public ImmutableArray<PackageContent> Content { get; init; } = [];

    /// <summary>Their source generators and analyzers.</summary>
    public ImmutableArray<PackageGenerator> Generators { get; init; } = [];

    /// <summary>
    /// Version of what is remembered of a graph; 0 for one from before there were satellites and content, 1 from before there were generators.
    /// </summary>
    public int Format { get; init; }

    /// <summary>The paths of their native libraries for this machine.</summary>
    public ImmutableArray<string> NativeLibraries { get; init; } = [];

    /// <summary>The packages as texts, <c>Id version hash</c>: equal ones mean equal contents.</summary>
    public ImmutableArray<string> Contents() => [.. Packages.Select(pin => $"{pin} {pin.Sha256}")];

    /// <summary>True if every file is there.</summary>
    public bool IsWhole() => Assemblies.Select(assembly => assembly.Path).Concat(NativeLibraries).Concat(Satellites.Select(satellite => satellite.Path)).Concat(Content.Select(file => file.Path))
        .Concat(Generators.Select(file => file.Path)).All(File.Exists);

    /// <summary>The same graph with its paths written in another way.</summary>
    internal PackageGraph WithPaths(Func<string, string> path) => this with
    {
        Assemblies = [.. Assemblies.Select(assembly => assembly with { Path = path(assembly.Path) })],
        NativeLibraries = [.. NativeLibraries.Select(path)],
        Satellites = [.. Satellites.Select(satellite => satellite with { Path = path(satellite.Path) })],
        Content = [.. Content.Select(file => file with { Path = path(file.Path) })],
        Generators = [.. Generators.Select(file => file with { Path = path(file.Path) })],
    };
}
