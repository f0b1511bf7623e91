using System.Collections.Immutable;

namespace McpScript.Model;

/// <summary>Compiled plugin code and the facts needed to load it.</summary>
sealed record AssemblyImage : PluginImage
{
    /// <summary>The assembly's bytes.</summary>
    public required ImmutableArray<byte> Assembly { get; init; }

    /// <summary>The assembly's portable PDB; empty if there is none.</summary>
    public ImmutableArray<byte> Symbols { get; init; } = [];

    /// <summary>Entry point of a script; null for an assembly that is searched for plugin classes.</summary>
    public ScriptEntry? Script { get; init; }

    /// <summary>Assemblies among <see cref="Dependencies"/> that are searched for plugin classes too: a package may have several.</summary>
    public ImmutableArray<string> AlsoOffering { get; init; } = [];

    /// <summary>Private assemblies, by simple name; each plugin gets its own copy.</summary>
    public ImmutableDictionary<string, DependencyImage> Dependencies { get; init; } = ImmutableDictionary<string, DependencyImage>.Empty;

    /// <summary>Satellite assemblies, by <see cref="SatelliteKey.Of"/>: the culture and the simple name.</summary>
    public ImmutableDictionary<string, DependencyImage> Satellites { get; init; } = ImmutableDictionary<string, DependencyImage>.Empty;

    /// <summary>The folder where the plugin finds its own files; null for the folder of its main file.</summary>
    public string? ContentFolder { get; init; }

    /// <summary>Absolute path of the plugin's own folder.</summary>
    public string Folder => ContentFolder ?? Path.GetDirectoryName(Location.Path)!;

    /// <summary>Paths of native libraries by file name: copies, so that the files in the plugin's folder can be replaced.</summary>
    public ImmutableDictionary<string, string> NativeLibraries { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The packages that the source references, each as <c>Id, version</c>; a version may be a range.</summary>
    public ImmutableArray<string> RequestedPackages { get; init; } = [];

    /// <summary>The resolved packages with their dependencies, each as <c>Id version hash</c>.</summary>
    public ImmutableArray<string> Packages { get; init; } = [];

    /// <summary>The XML comments, by <see cref="MemberDoc.KeyOf(System.Reflection.MethodInfo)"/>.</summary>
    public ImmutableDictionary<string, MemberDoc> Docs { get; init; } = ImmutableDictionary<string, MemberDoc>.Empty;
}
