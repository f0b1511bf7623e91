using System.Collections.Immutable;

namespace McpScript.Model;

/// <summary>Compiled plugin code and the facts needed to load it.</summary>
sealed record AssemblyImage : PluginImage
{
    /// <summary>The assembly's bytes.</summary>
    public required ImmutableArray<byte> Assembly { get; init; }

    /// <summary>Its portable PDB; empty if there is none.</summary>
    public ImmutableArray<byte> Symbols { get; init; } = [];

    /// <summary>How the code is entered; null for an assembly that is looked through for plugin classes.</summary>
    public ScriptEntry? Script { get; init; }

    /// <summary>Assemblies among <see cref="Dependencies"/> that are looked through for plugin classes too: a package may have several.</summary>
    public ImmutableArray<string> AlsoOffering { get; init; } = [];

    /// <summary>Private assemblies, by simple name; each plugin gets its own copy.</summary>
    public ImmutableDictionary<string, DependencyImage> Dependencies { get; init; } = ImmutableDictionary<string, DependencyImage>.Empty;

    /// <summary>Satellite assemblies, by <see cref="SatelliteKey.Of"/>: the culture and the simple name.</summary>
    public ImmutableDictionary<string, DependencyImage> Satellites { get; init; } = ImmutableDictionary<string, DependencyImage>.Empty;

    /// <summary>The plugin's own folder, where it finds its files; null for the folder of its main file.</summary>
    public string? ContentFolder { get; init; }

    /// <summary>The plugin's own folder: absolute.</summary>
    public string Folder => ContentFolder ?? Path.GetDirectoryName(Location.Path)!;

    /// <summary>Paths of native libraries to load, by file name; copies, so that the files in the plugin's folder can be replaced.</summary>
    public ImmutableDictionary<string, string> NativeLibraries { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The packages that its source asks for, each as <c>Id, version</c>; a version may be a range.</summary>
    public ImmutableArray<string> PackagesAsked { get; init; } = [];

    /// <summary>The packages that this came to, with all that they need, each as <c>Id version hash</c>.</summary>
    public ImmutableArray<string> Packages { get; init; } = [];

    /// <summary>What the XML comments say, by <see cref="MemberDoc.KeyOf(System.Reflection.MethodInfo)"/>.</summary>
    public ImmutableDictionary<string, MemberDoc> Docs { get; init; } = ImmutableDictionary<string, MemberDoc>.Empty;
}
