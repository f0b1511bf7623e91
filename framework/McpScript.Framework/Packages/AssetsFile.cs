using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Packages;

/// <summary>Reads what a restore left: <c>obj/project.assets.json</c>.</summary>
static class AssetsFile
{
    /// <summary>The graph for a runtime, its packages taken into a store.</summary>
    public static PackageGraph Read(string path, string runtime, PackageStore store)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = file.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var packages = root.GetProperty("targets").EnumerateObject().Single(target => target.Name.EndsWith('/' + runtime, StringComparison.Ordinal)).Value
            .EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => Keep(library, FolderOf(root, library.Name, folders), store))
            .ToList();
        return new()
        {
            Packages = [.. packages.Select(package => package.Pin)],
            Assemblies = [.. packages.SelectMany(Assemblies)],
            NativeLibraries = [.. packages.SelectMany(package => package.Files("native"))],
        };
    }

    static Package Keep(JsonProperty library, string unpacked, PackageStore store)
    {
        var name = library.Name.Split('/');
        var pin = store.Keep(unpacked, name[0], name[1]);
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
            .. package.Files("compile").Where(path => !names.Contains(Path.GetFileName(path))).Select(path => new PackageAssembly(package.Pin.Id, path, IsReferenceOnly: true)),
        ];
    }

    readonly record struct Package(PackagePin Pin, JsonElement Assets, string Folder)
    {
        // "_._" says that there is nothing for this framework, on purpose.
        public IEnumerable<string> Files(string group)
        {
            var folder = Folder;
            return Assets.TryGetProperty(group, out var files)
                ? [.. files.EnumerateObject().Select(file => file.Name).Where(name => !name.EndsWith("_._", StringComparison.Ordinal)).Select(name => Path.GetFullPath(name, folder))]
                : [];
        }
    }
}
