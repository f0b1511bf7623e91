using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Packages;
using McpScript.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpScript.Scripting.Scripts;

/// <summary>Reads the assemblies of a script's <c>#r</c> directives, and their dependencies in the same folders. One instance reads for one script.</summary>
sealed partial class AssemblyReader(PrivateAssemblyCache cache, CancellationToken cancellationToken)
{
    readonly Dictionary<ReferenceDirective, PortableExecutableReference> _references = [];
    readonly Dictionary<string, PrivateAssembly> _assemblies = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, SourceFile> _files = [];
    readonly List<PluginProblem> _problems = [];

    /// <summary>The reference of each directive.</summary>
    public IReadOnlyDictionary<ReferenceDirective, PortableExecutableReference> References => _references;

    /// <summary>The assemblies that belong to the script.</summary>
    public IReadOnlyCollection<PrivateAssembly> Assemblies => _assemblies.Values;

    /// <summary>Every file that was read or is missing.</summary>
    public IReadOnlyCollection<SourceFile> Files => _files.Values;

    /// <summary>Satellites of the script's assemblies, by culture and name.</summary>
    public ImmutableDictionary<string, DependencyImage> Satellites { get; private set; } = ImmutableDictionary<string, DependencyImage>.Empty;

    /// <summary>True if a directive names ASP.NET Core, or an assembly that was read references it.</summary>
    public bool UsesAspNet { get; private set; }

    /// <summary>All problems.</summary>
    public IReadOnlyCollection<PluginProblem> Problems => _problems;

    /// <summary>Reads all assemblies.</summary>
    /// <param name="directives">The script's directives.</param>
    /// <param name="packages">The resolved packages of the directives that name packages.</param>
    public AssemblyReader Read(IReadOnlyList<ReferenceDirectiveTriviaSyntax> directives, PackageGraph packages)
    {
        // Assemblies that the script names come first, so that they win over assemblies beside another one.
        var needed = new Queue<(PrivateAssembly Of, Location Place)>();
        foreach (var directive in directives.Where(directive => !ScriptPackages.IsPackage(directive)))
        {
            var place = directive.File.GetLocation();
            if (Resolve(directive.File.ValueText, directive.SyntaxTree.FilePath, place) is not { } reference)
                continue;
            _references[new ReferenceDirective(directive.SyntaxTree.FilePath, directive.File.ValueText)] = reference;
            foreach (var named in _assemblies.Values.Where(assembly => assembly.Reference == reference))
                needed.Enqueue((named, place));
        }
        ReadPackages([.. directives.Where(ScriptPackages.IsPackage)], packages);
        while (needed.TryDequeue(out var next))
            foreach (var beside in NeededBy(next.Of, next.Place))
                needed.Enqueue((beside, next.Place));
        UsesAspNet |= _assemblies.Values.Any(assembly => assembly.Needs.Any(
            need => HostAssemblies.IsAspNetName(need.Name!) && HostReferences.FindAspNet(need.Name!) is not null));
        Satellites = ReadSatellites(packages);
        return this;
    }

    ImmutableDictionary<string, DependencyImage> ReadSatellites(PackageGraph packages)
    {
        var beside = from assembly in _assemblies.Values
                     where _files.ContainsKey(assembly.Path)
                     from satellite in SatelliteFiles.Beside(Path.GetDirectoryName(assembly.Path)!, [assembly.Name])
                     select (satellite.Key, satellite.Path, IsFile: true);
        var packed = from satellite in packages.Satellites
                     let name = Path.GetFileNameWithoutExtension(satellite.Path)
                     where _assemblies.ContainsKey(Path.GetFileNameWithoutExtension(name))
                     select (Key: SatelliteKey.Of(satellite.Culture, name), satellite.Path, IsFile: false);
        var found = ImmutableDictionary.CreateBuilder<string, DependencyImage>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, path, isFile) in beside.Concat(packed).ToList())
        {
            var content = FileContent.Read(path);
            if (isFile)
                _files[path] = content.File;
            if (content.Bytes is not null)
                found.TryAdd(key, new(path, ImmutableCollectionsMarshal.AsImmutableArray(content.Bytes), []));
        }
        return found.ToImmutable();
    }

    PortableExecutableReference? Resolve(string text, string holder, Location place)
    {
        if (Prefix().Match(text) is { Success: true } prefix)
            return Fail(
                place, ProblemCodes.NoAssembly,
                $"'{text}': there are no '{prefix.Groups[1].Value}:' references here. Reference a package with #r \"nuget: Id, 1.2.3\", or a DLL with "
                + "#r \"x.dll\".");
        var isFile = text.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);
        var isPath = text.IndexOfAny(['/', '\\']) >= 0;
        var name = isFile || isPath ? Path.GetFileNameWithoutExtension(ScriptPath.Portable(text)) : text.Split(',')[0].Trim();
        if (HostReferences.Find(name) is { } provided)
            return isPath || (isFile && SharedAssemblies.Names.Contains(name)) ? FailProvided(place, name) : provided;
        if (!isPath && HostReferences.FindAspNet(name) is { } web)
        {
            UsesAspNet = true;
            return web;
        }
        if (!isPath && HostAssemblies.IsAspNetName(name))
            return Fail(place, ProblemCodes.NoAssembly, $"'{text}' is an assembly, {MissingAssemblyException.Cure(name)}");
        if (!isFile && !isPath)
            return Fail(
                place, ProblemCodes.NoAssembly,
                $"'{text}' is no assembly of .NET, and none that the host shares with plugins. For a DLL of your own write #r \"{name}.dll\", relative to this "
                + $"file; for a package #r \"nuget: {name}, 1.2.3\".");
        return ReadFile(ScriptPath.Full(text, holder), text, place)?.Reference;
    }

    // The host's assemblies win over those of a package, and assemblies that the script names by file win over a package.
    void ReadPackages(IReadOnlyList<ReferenceDirectiveTriviaSyntax> directives, PackageGraph packages)
    {
        var first = new Dictionary<string, PortableExecutableReference>(StringComparer.OrdinalIgnoreCase);
        foreach (var (package, path, isReferenceOnly) in packages.Assemblies)
        {
            if (HostReferences.Find(Path.GetFileNameWithoutExtension(path)) is not null
                || ReadPackaged(path, directives[0].File.GetLocation()) is not { } assembly)
                continue;
            _assemblies.TryAdd(assembly.Name, assembly with { IsReferenceOnly = isReferenceOnly });
            first.TryAdd(package, assembly.Reference);
            foreach (var need in assembly.Needs)
                CheckVersion(assembly, need, directives[0].File.GetLocation());
        }
        foreach (var directive in directives)
            // The compiler needs a reference for each directive; a package without assemblies gets one that is present in any case.
            _references[new ReferenceDirective(directive.SyntaxTree.FilePath, directive.File.ValueText)] =
                first.GetValueOrDefault(ScriptPackages.IdOf(directive), HostReferences.Find("System.Runtime")!);
    }

    // Not among the watched files, because a package never changes.
    PrivateAssembly? ReadPackaged(string path, Location place)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var content = FileContent.Read(path);
        if (content.Bytes is not null)
        {
            try
            {
                return cache.Get(content.File, content.Bytes);
            }
            catch (BadImageFormatException)
            {
                // Expected of a native library that an old package has among its assemblies: it cannot be compiled against.
                return null;
            }
        }
        Fail(place, ProblemCodes.NoAssembly, $"A package's assembly cannot be read: {content.Why}. Load the plugin again to have the package fetched again.");
        return null;
    }

    PrivateAssembly? ReadFile(string path, string text, Location place)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var content = FileContent.Read(path);
        _files[path] = content.File;
        if (content.Bytes is null)
        {
            Fail(
                place, ProblemCodes.NoAssembly,
                $"'{text}' cannot be read: {content.Why}. Put the DLL there, or correct the path; it is relative to the file with the #r.");
            return null;
        }

        try
        {
            return Add(cache.Get(content.File, content.Bytes), content.File, place);
        }
        catch (BadImageFormatException e)
        {
            // Expected of native libraries, damaged files and files that only have the extension of a DLL.
            Fail(
                place, ProblemCodes.NotAnAssembly,
                $"'{Path.GetFileName(path)}' is not a .NET assembly: {e.Message.TrimEnd('.')}. #r takes .NET assemblies only; a native library only has to be "
                + "beside the script.");
            return null;
        }
    }

    PrivateAssembly? Add(PrivateAssembly assembly, SourceFile file, Location place)
    {
        if (HostReferences.Find(assembly.Name) is not null)
        {
            FailProvided(place, assembly.Name);
            return null;
        }
        if (!_assemblies.TryGetValue(assembly.Name, out var known))
        {
            _assemblies.Add(assembly.Name, assembly);
            return assembly;
        }
        if (_files[known.Path].Hash == file.Hash)
            return known;
        Fail(
            place, ProblemCodes.SameName,
            $"'{assembly.Path}' and '{known.Path}' are different assemblies of the same name, '{assembly.Name}'. A plugin has one of each name: remove one "
            + "of the two #r.");
        return null;
    }

    // Dependencies that are found beside the assembly. One that is not found may never be used; its file is recorded, so that adding it later is a change.
    IEnumerable<PrivateAssembly> NeededBy(PrivateAssembly assembly, Location place)
    {
        foreach (var name in ListedBeside(assembly).Where(name => HostReferences.Find(name) is null && !_assemblies.ContainsKey(name)))
        {
            var path = Path.Combine(Path.GetDirectoryName(assembly.Path)!, $"{name}.dll");
            if (File.Exists(path) && !_files.ContainsKey(path) && ReadFile(path, path, place) is { } listed)
                yield return listed;
        }
        foreach (var need in assembly.Needs)
        {
            if (HostReferences.Find(need.Name!) is not null)
                CheckVersion(assembly, need, place);
            else if (!_assemblies.ContainsKey(need.Name!) && PathBeside(assembly, need) is var path && !_files.ContainsKey(path))
            {
                if (!File.Exists(path))
                    _files[path] = SourceFile.Missing(path);
                else if (ReadFile(path, path, place) is { } found)
                    yield return found;
            }
        }
    }

    // Assemblies that a library loads by name, such as a database provider, are listed only in its .deps.json.
    IReadOnlyCollection<string> ListedBeside(PrivateAssembly assembly)
    {
        var content = FileContent.Read(Path.ChangeExtension(assembly.Path, ".deps.json"));
        if (content.Bytes is null)
            return [];
        _files[content.File.Path] = content.File;
        try
        {
            return [.. DependencyFile.Parse(content.Bytes, Path.GetDirectoryName(assembly.Path)!).Assemblies.Keys.Order(StringComparer.Ordinal)];
        }
        catch (System.Text.Json.JsonException)
        {
            // Half-written, or another kind of file: the references in the metadata are read in any case, and the file is watched.
            return [];
        }
    }

    static string PathBeside(PrivateAssembly assembly, AssemblyName need) => Path.Combine(Path.GetDirectoryName(assembly.Path)!, $"{need.Name}.dll");

    void CheckVersion(PrivateAssembly assembly, AssemblyName need, Location place)
    {
        if (HostReferences.VersionOf(need.Name!) is { } provided && need.Version > provided)
            Fail(
                place, ProblemCodes.HostTooOld,
                $"'{Path.GetFileName(assembly.Path)}' needs {need.Name} {need.Version}, and this host provides {provided}. Use a build of it for the older "
                + "version, or update the host.");
    }

    PortableExecutableReference? FailProvided(Location place, string name) => Fail(
        place,
        ProblemCodes.ProvidedByHost,
        $"'{name}' is provided by {(SharedAssemblies.Names.Contains(name) ? "the host, which shares its types with every plugin" : ".NET")}; a plugin cannot "
        + $"bring its own. Delete this #r: scripts see '{name}' without it.");

    PortableExecutableReference? Fail(Location place, string code, string message)
    {
        _problems.Add(ScriptProblems.At(place, code, message));
        return null;
    }

    // "sdk:", "project:", … of other script runners; a single letter is a drive.
    [GeneratedRegex("^\\s*([A-Za-z]{2,}):")]
    private static partial Regex Prefix();
}
