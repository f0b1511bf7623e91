using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Packages;

/// <summary>Reads the result of a restore: <c>obj/project.assets.json</c>.</summary>
static class AssetsFile
{
    /// <summary>Returns the graph for a runtime, and adds its packages to a store.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="runtime">The runtime identifier.</param>
    /// <param name="store">Receives the packages.</param>
    /// <param name="expected">Pinned packages, which keep their pins if their content is unchanged.</param>
    public static PackageGraph Read(string path, string runtime, PackageStore store, IReadOnlyCollection<PackagePin> expected)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = file.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var packages = root.GetProperty("targets").EnumerateObject().Single(target => target.Name.EndsWith('/' + runtime, StringComparison.Ordinal)).Value
            .EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => Keep(library, FolderOf(root, library.Name, folders), store, expected))
            .ToList();
        return new()
        {
            Packages = [.. packages.Select(package => package.Pin)],
            Assemblies = [.. packages.SelectMany(Assemblies)],
            NativeLibraries = [.. packages.SelectMany(package => package.Files("native"))],
            Satellites = [.. packages.SelectMany(Satellites)],
            Content = [.. packages.SelectMany(Content)],
            Generators = [.. packages.SelectMany(Generators)],
            Format = PackageGraph.CurrentFormat,
        };
    }

    static Package Keep(JsonProperty library, string unpacked, PackageStore store, IReadOnlyCollection<PackagePin> expected)
    {
        var name = library.Name.Split('/');
        var pin = store.Keep(unpacked, name[0], name[1], expected.FirstOrDefault(pin => pin.Is(name[0]))?.Sha256);
        return new(pin, library.Value, store.FolderOf(pin));
    }

    static string FolderOf(JsonElement root, string library, List<string> folders)
    {
        var relative = root.GetProperty("libraries").GetProperty(library).GetProperty("path").GetString()!;
        return folders.Select(folder => Path.Combine(folder, relative)).First(Directory.Exists);
    }

    static IEnumerable<PackageAssembly> Assemblies(Package package)
    {
        var loaded = package.Files("runtime").ToImmutableArray();
        var names = loaded.Select(Path.GetFileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. loaded.Select(path => new PackageAssembly(package.Pin.Id, path, IsReferenceOnly: false)),
            .. package.Files("compile").Where(path => !names.Contains(Path.GetFileName(path)))
                .Select(path => new PackageAssembly(package.Pin.Id, path, IsReferenceOnly: true)),
        ];
    }

    static IEnumerable<PackageSatellite> Satellites(Package package) =>
        from file in package.Entries("resource")
        where file.Value.TryGetProperty("locale", out _)
        select new PackageSatellite(file.Value.GetProperty("locale").GetString()!, Path.GetFullPath(file.Name, package.Folder));

    // The files that a project would copy to its output folder: contentFiles/<language>/<framework>/… as NuGet has chosen them, then contentFiles/any/any,
    // which NuGet omits beside a better match, and the older content/….
    static IEnumerable<PackageContent> Content(Package package)
    {
        var chosen = package.Entries("contentFiles").Select(file => file.Name).Where(name => name.Split('/').Length > 3)
            .OrderBy(name => name.StartsWith("contentFiles/any/", StringComparison.OrdinalIgnoreCase)).ThenBy(name => name, StringComparer.Ordinal)
            .Select(name => (Name: string.Join('/', name.Split('/').Skip(3)), Path: name));
        return chosen.Concat(FilesIn(package.Folder, Path.Combine("contentFiles", "any", "any"))).Concat(FilesIn(package.Folder, "content"))
            .DistinctBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new PackageContent(package.Pin.Id, file.Name, Path.GetFullPath(file.Path, package.Folder)))
            // A package that keeps an old pin, from before content was stored, has no content.
            .Where(file => File.Exists(file.Path));
    }

    // NuGet's target lists no analyzers; the compiler's tasks find them by their folder, as here.
    static IEnumerable<PackageGenerator> Generators(Package package) =>
        from file in FilesIn(package.Folder, "analyzers")
        where file.Name.StartsWith("dotnet/", StringComparison.OrdinalIgnoreCase) && file.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            && !file.Name.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase)
        select new PackageGenerator(package.Pin.Id, package.Pin.Version, $"analyzers/{file.Name}", Path.GetFullPath(file.Path, package.Folder));

    static IEnumerable<(string Name, string Path)> FilesIn(string package, string part) => Path.Combine(package, part) is var folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(folder, path).Replace('\\', '/'), Path.GetRelativePath(package, path)))
        : [];

    readonly record struct Package(PackagePin Pin, JsonElement Assets, string Folder)
    {
        // "_._" means that the package intentionally has no files for this framework.
        public IEnumerable<JsonProperty> Entries(string group) =>
            Assets.TryGetProperty(group, out var files) ? [.. files.EnumerateObject().Where(file => !file.Name.EndsWith("_._", StringComparison.Ordinal))] : [];

        public IEnumerable<string> Files(string group)
        {
            var folder = Folder;
            return Entries(group).Select(file => Path.GetFullPath(file.Name, folder));
        }
    }
}
