using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>
/// Reads a prebuilt plugin with its symbols, documentation, dependencies, satellite assemblies and native libraries. One instance reads one plugin. Not
/// thread-safe.
/// </summary>
/// <param name="location">The plugin.</param>
/// <param name="ownsFolder">True if all files in its folder belong to it.</param>
/// <param name="copies">Copies its native libraries.</param>
sealed class DllReader(PluginLocation location, bool ownsFolder, NativeCopies copies)
{
    readonly string _folder = Path.GetDirectoryName(location.Path)!;
    readonly Dictionary<string, SourceFile> _files = [];
    readonly Dictionary<string, DependencyImage> _dependencies = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, DependencyImage> _satellites = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> _imports = new(StringComparer.Ordinal);
    readonly List<PluginProblem> _problems = [];

    /// <summary>Reads all files of the plugin.</summary>
    /// <exception cref="PluginLoadException">There are problems; the exception has all of them, and every file that was read or missing.</exception>
    public AssemblyImage Read(CancellationToken cancellationToken)
    {
        var assembly = ReadRequired(location.Path, $"'{Path.GetFileName(location.Path)}'") ?? throw Failed();
        using var image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(assembly));
        var facts = FactsOf(image, location.Path) ?? throw Failed();
        var symbols = ReadOptional(Path.ChangeExtension(location.Path, ".pdb"));
        var documentation = ReadOptional(Path.ChangeExtension(location.Path, ".xml"));
        var listed = ReadDependencyFile(Path.ChangeExtension(location.Path, ".deps.json"));

        ReadDependencies(facts, listed, cancellationToken);
        ReadSatellites(facts, listed);
        var natives = CopyNatives(listed);
        return _problems.Count > 0 ? throw Failed() : new AssemblyImage
        {
            Location = location,
            Assembly = ImmutableCollectionsMarshal.AsImmutableArray(assembly),
            Symbols = ImmutableCollectionsMarshal.AsImmutableArray(symbols ?? []),
            Files = [.. _files.Values],
            Dependencies = _dependencies.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
            Satellites = _satellites.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
            NativeLibraries = natives,
            Docs = documentation is null ? ImmutableDictionary<string, MemberDoc>.Empty : DllDocs.Of(image, documentation),
        };
    }

    DependencyFile ReadDependencyFile(string path)
    {
        try
        {
            return ReadOptional(path) is { } json ? DependencyFile.Parse(json, _folder) : DependencyFile.Empty;
        }
        catch (JsonException e)
        {
            // Expected of a half-written file, and of one that was edited by hand.
            Fail(
                $"'{Path.GetFileName(path)}' cannot be understood: {e.Message.TrimEnd('.')}. Build the plugin again, or delete the file: then the files beside "
                + "the DLL are used.", DllProblemCodes.BadDependencyFile, path);
            return DependencyFile.Empty;
        }
    }

    // The references of the plugin, those of its dependencies, and assemblies that code may load by name. A reference that is not found may never be used; its
    // file is recorded, so that adding it later is a change.
    void ReadDependencies(AssemblyFacts main, DependencyFile listed, CancellationToken cancellationToken)
    {
        ReadNeeds(main, main, location.Path, listed, cancellationToken);
        foreach (var name in NamedOnly(listed).Where(name => IsOwn(name, main)))
            if (ReadDependency(name, listed, isNeeded: false) is { } found)
                ReadNeeds(main, found.Facts, found.Path, listed, cancellationToken);
    }

    void ReadNeeds(AssemblyFacts main, AssemblyFacts facts, string path, DependencyFile listed, CancellationToken cancellationToken)
    {
        var waiting = new Queue<(AssemblyFacts Facts, string Path)>([(facts, path)]);
        while (waiting.TryDequeue(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _imports.UnionWith(next.Facts.NativeNames);
            foreach (var need in next.Facts.Needs)
                if (HostAssemblies.VersionOf(need.Name!) is { } provided)
                    CheckVersion(next.Path, need, provided);
                else if (IsOwn(need.Name!, main) && ReadDependency(need.Name!, listed, isNeeded: true) is { } found)
                    waiting.Enqueue(found);
                else if (HostAssemblies.IsAspNetName(need.Name!) && !HostAssemblies.IsInAspNet(need.Name!) && !_dependencies.ContainsKey(need.Name!))
                    Fail(
                        $"'{Path.GetFileName(next.Path)}' needs the assembly '{need.Name}', {MissingAssemblyException.Cure(need.Name!)}",
                        DllProblemCodes.NoAspNet, next.Path);
        }
    }

    // For Type.GetType("X, Provider") and the like: no metadata names these, but the build lists them or puts them into the plugin's own folder.
    IEnumerable<string> NamedOnly(DependencyFile listed) => listed.Assemblies.Keys.Concat(ownsFolder ? AssembliesIn(_folder) : [])
        .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);

    static IEnumerable<string> AssembliesIn(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*.dll").Select(path => Path.GetFileNameWithoutExtension(path))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted, or made unreadable, in between: the next scan of the folder reports that.
            return [];
        }
    }

    bool IsOwn(string name, AssemblyFacts main) =>
        !_dependencies.ContainsKey(name) && !string.Equals(name, main.Name, StringComparison.OrdinalIgnoreCase) && HostAssemblies.VersionOf(name) is null;

    (AssemblyFacts Facts, string Path)? ReadDependency(string name, DependencyFile listed, bool isNeeded)
    {
        IReadOnlyList<string> places = [.. listed.Assemblies.GetValueOrDefault(name, []), Path.Combine(_folder, name + ".dll")];
        var path = places.FirstOrDefault(File.Exists) ?? places[^1];
        if (_files.ContainsKey(path) || ReadOptional(path) is not { } content)
            return null;
        using var image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(content));
        if ((isNeeded || IsAssembly(image) ? FactsOf(image, path) : null) is not { } facts)
            return null;
        _dependencies.Add(name, DependencyImage.Of(path, ImmutableCollectionsMarshal.AsImmutableArray(content)));
        return (facts, path);
    }

    // A folder may have native libraries too, with the same extension on Windows.
    static bool IsAssembly(PEReader image)
    {
        try
        {
            return image.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    void ReadSatellites(AssemblyFacts main, DependencyFile listed)
    {
        var found = listed.Satellites.Select(satellite => (satellite.Key, Path: satellite.Value.FirstOrDefault(File.Exists)))
            .Concat(SatelliteFiles.Beside(_folder, [main.Name, .. _dependencies.Keys]).Select(satellite => (satellite.Key, (string?)satellite.Path)));
        foreach (var (key, path) in found)
            if (path is not null && !_satellites.ContainsKey(key) && ReadOptional(path) is { } content)
                _satellites.Add(key, new(path, ImmutableCollectionsMarshal.AsImmutableArray(content), []));
    }

    void CheckVersion(string path, AssemblyName need, Version provided)
    {
        if (need.Version > provided)
            Fail(
                $"'{Path.GetFileName(path)}' needs {need.Name} {need.Version}, and this host provides {provided}, whose types every plugin shares. "
                + $"Build it against {provided} or older, or update the host.", DllProblemCodes.HostTooOld, path);
    }

    ImmutableDictionary<string, string> CopyNatives(DependencyFile listed)
    {
        var natives = new NativeFiles(_folder, ownsFolder, _imports).Find(listed)
            .Select(path => (Path: path, Content: ReadOptional(path)))
            .Where(file => file.Content is not null)
            .Select(file => (_files[file.Path], file.Content!))
            .ToList();
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

    AssemblyFacts? FactsOf(PEReader image, string path)
    {
        try
        {
            return AssemblyFacts.Of(image);
        }
        catch (BadImageFormatException e)
        {
            // Expected of native libraries, damaged files, and files that are still being copied.
            Fail($"'{Path.GetFileName(path)}' is not a .NET assembly: {e.Message.TrimEnd('.')}. Build or copy it again.", DllProblemCodes.NotAnAssembly, path);
            return null;
        }
    }

    byte[]? ReadRequired(string path, string what)
    {
        var content = FileContent.Read(path);
        _files[path] = content.File;
        if (content.Bytes is null)
            Fail($"{what} cannot be read: {content.Why}.", DllProblemCodes.Unreadable, path);
        return content.Bytes;
    }

    byte[]? ReadOptional(string path)
    {
        var content = FileContent.Read(path);
        _files[path] = content.File;
        return content.Bytes;
    }

    void Fail(string message, string code, string path) => _problems.Add(new(message, code, path));

    PluginLoadException Failed() => new(location.Reference, PluginStage.Compile, [.. _problems]) { Files = [.. _files.Values] };
}
