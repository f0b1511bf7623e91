using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Packages;

namespace McpScript.Sources;

/// <summary>Reads an installed package with its dependencies, and verifies every file against the lock file. One instance reads one package.</summary>
/// <param name="location">The plugin.</param>
/// <param name="package">The package.</param>
/// <param name="graph">The locked files of the package and its dependencies.</param>
/// <param name="copies">Copies its native libraries.</param>
sealed class PackageReader(PluginLocation location, InstalledPackage package, LockedGraph graph, NativeCopies copies)
{
    // New versions of these packages add features without a new assembly version; the other shared assemblies are compared by assembly version.
    static readonly string[] JudgedByPackage = ["ModelContextProtocol.Core", "McpScript.Abstractions"];

    readonly Dictionary<string, SourceFile> _files = [];
    readonly List<PluginProblem> _problems = [];

    /// <summary>Reads all files of the package.</summary>
    /// <exception cref="PluginLoadException">There are problems; the exception has all of them, and every file that was read or missing.</exception>
    public AssemblyImage Read(CancellationToken cancellationToken)
    {
        CheckPackages();
        var assemblies = new Dictionary<string, Content>(StringComparer.OrdinalIgnoreCase);
        foreach (var assembly in graph.Graph.Assemblies.Where(IsItsOwn))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReadAssembly(assembly) is { } content)
                assemblies.TryAdd(content.Facts.Name, content);
        }
        var offering = assemblies.Values.Where(content => content.IsMain && IsPlugin(content, assemblies)).OrderByDescending(Rank).ToList();
        if (offering.Count == 0 && _problems.Count == 0)
            Fail($"{package.Id} {package.Version} is no plugin: no assembly of its own has a class that implements McpScript.IPlugin or carries "
                + "[McpServerToolType], [McpServerPromptType] or [McpServerResourceType]. A script can use it: #r \"nuget: …\".",
                PackageProblemCodes.NoPlugin, location.Path);
        var natives = CopyNatives();
        var satellites = ReadSatellites(assemblies.Keys);
        var folder = LayOutContent();
        return _problems.Count > 0 ? throw Failed() : ImageOf(offering, assemblies, natives) with { Satellites = satellites, ContentFolder = folder };
    }

    static bool IsPlugin(Content content, Dictionary<string, Content> assemblies)
    {
        if (content.Facts.ContainsPlugin)
            return true;
        PluginTypes? Find(string name) => assemblies.TryGetValue(name, out var other) ? TypesOf(other) : null;
        return TypesOf(content).Offer(Find);
    }

    static PluginTypes TypesOf(Content content)
    {
        using var image = new PEReader(content.Image.Assembly);
        return PluginTypes.Of(image);
    }

    AssemblyImage ImageOf(IReadOnlyList<Content> offering, Dictionary<string, Content> assemblies, ImmutableDictionary<string, string> natives)
    {
        var main = offering[0];
        return new()
        {
            Location = location,
            Assembly = main.Image.Assembly,
            Symbols = main.Image.Symbols,
            Files = [SourceFile.Read(location.Path), .. _files.Values],
            AlsoOffering = [.. offering.Skip(1).Select(content => content.Facts.Name)],
            Dependencies = assemblies.Values.Where(content => content != main)
                .ToImmutableDictionary(content => content.Facts.Name, content => content.Image, StringComparer.OrdinalIgnoreCase),
            NativeLibraries = natives,
            Docs = offering.Select(DocsOf).Aggregate((all, more) => all.SetItems(more)),
        };
    }

    // Assemblies that the host provides are loaded from the host, not from the package.
    static bool IsItsOwn(PackageAssembly assembly) =>
        !assembly.IsReferenceOnly && HostAssemblies.VersionOf(Path.GetFileNameWithoutExtension(assembly.Path)) is null;

    int Rank(Content content) => string.Equals(content.Facts.Name, package.Id, StringComparison.OrdinalIgnoreCase) ? 1 : 0;

    void CheckPackages()
    {
        foreach (var pin in package.Packages.Where(pin => JudgedByPackage.Any(pin.Is)))
        {
            var host = HostAssemblies.PackageVersionOf(pin.Id);
            if (PackageVersions.Parse(host) is { } provided && PackageVersions.Parse(pin.Version)?.CompareTo(provided) > 0)
                Fail(
                    $"{package.Id} {package.Version} needs {pin}, and this host has {host}, whose types every plugin shares. "
                    + "Install an older version of the package, or update mcp-proxy.", DllProblemCodes.HostTooOld, location.Path);
        }
    }

    Content? ReadAssembly(PackageAssembly assembly)
    {
        if (ReadLocked(assembly.Path) is not { } bytes)
            return null;
        try
        {
            var code = ImmutableCollectionsMarshal.AsImmutableArray(bytes);
            using var image = new PEReader(code);
            var facts = AssemblyFacts.Of(image);
            foreach (var need in facts.Needs)
                if (HostAssemblies.VersionOf(need.Name!) is { } provided && need.Version > provided)
                    Fail(
                        $"{assembly.Package} needs {need.Name} {need.Version}, and this host provides {provided}, whose types every plugin shares. "
                        + "Install an older version of the package, or update mcp-proxy.", DllProblemCodes.HostTooOld, assembly.Path);
            var symbols = ReadBeside(assembly.Path, ".pdb") ?? [];
            var isMain = string.Equals(assembly.Package, package.Id, StringComparison.OrdinalIgnoreCase);
            return new(facts, new(assembly.Path, code, ImmutableCollectionsMarshal.AsImmutableArray(symbols)), isMain);
        }
        catch (BadImageFormatException e)
        {
            // Some packages have native libraries among their assemblies.
            Fail(
                $"'{Path.GetFileName(assembly.Path)}' of {assembly.Package} is not a .NET assembly: {e.Message.TrimEnd('.')}.",
                DllProblemCodes.NotAnAssembly, assembly.Path);
            return null;
        }
    }

    ImmutableDictionary<string, MemberDoc> DocsOf(Content content)
    {
        if (ReadBeside(content.Image.Path, ".xml") is not { } documentation)
            return ImmutableDictionary<string, MemberDoc>.Empty;
        using var image = new PEReader(content.Image.Assembly);
        return DllDocs.Of(image, documentation);
    }

    ImmutableDictionary<string, string> CopyNatives()
    {
        var natives = graph.Graph.NativeLibraries.Select(path => (Path: path, Content: ReadLocked(path))).Where(file => file.Content is not null)
            .Select(file => (_files[file.Path], file.Content!)).ToList();
        if (natives.Count == 0 || _problems.Count > 0)
            return ImmutableDictionary<string, string>.Empty;
        try
        {
            return copies.Of(location.Reference, natives).ToImmutableDictionary();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A temporary folder that is full or read-only.
            Fail(
                $"Its native libraries cannot be copied into the temporary folder: {e.Message.TrimEnd('.')}. Make room there, or point TMPDIR at a folder that "
                + "can be written to.", DllProblemCodes.NativeCopyFailed, location.Path);
            return ImmutableDictionary<string, string>.Empty;
        }
    }

    ImmutableDictionary<string, DependencyImage> ReadSatellites(IEnumerable<string> assemblies)
    {
        var own = assemblies.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = ImmutableDictionary.CreateBuilder<string, DependencyImage>(StringComparer.OrdinalIgnoreCase);
        foreach (var satellite in graph.Graph.Satellites)
            if (Path.GetFileNameWithoutExtension(satellite.Path) is var name && own.Contains(Path.GetFileNameWithoutExtension(name))
                && ReadLocked(satellite.Path) is { } content)
                found.TryAdd(SatelliteKey.Of(satellite.Culture, name), new(satellite.Path, ImmutableCollectionsMarshal.AsImmutableArray(content), []));
        return found.ToImmutable();
    }

    // Laid out as a build does beside the assembly. A copy that differs from the package's file is written anew.
    string LayOutContent()
    {
        var folder = Path.Combine(graph.Folder, "files");
        foreach (var file in graph.Graph.Content.Where(file => string.Equals(file.Package, package.Id, StringComparison.OrdinalIgnoreCase)))
            if (ReadLocked(file.Path) is { } content)
                LayOut(Path.GetFullPath(file.Name, folder), content);
        return Directory.Exists(folder) ? folder : graph.Folder;
    }

    void LayOut(string path, byte[] content)
    {
        try
        {
            if (FileContent.Read(path).Bytes is { } present && present.AsSpan().SequenceEqual(content))
                return;
            AtomicFile.Write(path, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A package folder that is full or read-only.
            Fail(
                $"The content file '{Path.GetFileName(path)}' of {package.Id} {package.Version} cannot be written: {e.Message.TrimEnd('.')}. "
                + $"Make '{graph.Folder}' writable.", PackageProblemCodes.FolderNotWritable, path);
        }
    }

    byte[]? ReadBeside(string assembly, string extension) =>
        Path.ChangeExtension(assembly, extension) is var path && graph.Hashes.ContainsKey(path) ? ReadLocked(path) : null;

    // Hashes the same bytes that are loaded, so that a file cannot be exchanged between check and load.
    byte[]? ReadLocked(string path)
    {
        var content = FileContent.Read(path);
        _files[path] = content.File;
        if (content.Bytes is not null && content.File.Hash == graph.Hashes.GetValueOrDefault(path))
            return content.Bytes;
        Fail(content.Bytes is null
            ? $"{package.Id} {package.Version} cannot be read: {content.Why}. Install it again: mcp-proxy install {package.Id}@{package.Version}"
            : $"'{path}' is not what was installed with {package.Id} {package.Version}: its SHA-256 differs from that of the lock file. "
                + $"It was changed after the installation, so the package is not loaded. To fetch it again: mcp-proxy install {package.Id}@{package.Version}",
            PackageProblemCodes.Tampered, path);
        return null;
    }

    void Fail(string message, string code, string path) => _problems.Add(new(message, code, path));

    PluginLoadException Failed() => new(location.Reference, PluginStage.Compile, [.. _problems]) { Files = [SourceFile.Read(location.Path), .. _files.Values] };

    sealed record Content(AssemblyFacts Facts, DependencyImage Image, bool IsMain);
}
