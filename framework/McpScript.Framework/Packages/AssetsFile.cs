using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Packages;

/// <summary>Reads what a restore left: <c>obj/project.assets.json</c>.</summary>
static class AssetsFile
{
    /// <summary>The graph for a runtime.</summary>
    public static PackageGraph Read(string path, string runtime)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = file.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var packages = root.GetProperty("targets").EnumerateObject().Single(target => target.Name.EndsWith('/' + runtime)).Value
            .EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => new Package(library.Name, library.Value, FolderOf(root, library.Name, folders)))
            .ToList();
        return new()
        {
            Packages = [.. packages.Select(package => package.Name.Replace('/', ' '))],
            Assemblies = [.. packages.SelectMany(Assemblies)],
            NativeLibraries = [.. packages.SelectMany(package => package.Files("native"))],
        };
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
            .. loaded.Select(path => new PackageAssembly(package.Id, path, IsReferenceOnly: false)),
            .. package.Files("compile").Where(path => !names.Contains(Path.GetFileName(path))).Select(path => new PackageAssembly(package.Id, path, IsReferenceOnly: true)),
        ];
    }

    readonly record struct Package(string Name, JsonElement Assets, string Folder)
    {
        public string Id => Name.Split('/')[0];

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
