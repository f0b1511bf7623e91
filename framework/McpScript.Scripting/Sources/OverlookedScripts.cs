using McpScript.Scripting.Scripts;
using McpScript.Sources;

namespace McpScript.Scripting.Sources;

/// <summary>Finds scripts, C# files and folders of them that look like plugins and are not loaded.</summary>
static class OverlookedScripts
{
    /// <summary>Finds those in one plugin folder.</summary>
    /// <param name="folder">The plugin folder.</param>
    /// <param name="parts">The files that some script loads.</param>
    public static IEnumerable<OverlookedPath> In(FolderListing folder, IReadOnlySet<string> parts) =>
    [
        .. PluginNames.Misnamed(
            folder.Root,
            folder.Files.Where(path => IsScript(path) && !parts.Contains(path)).Select(path => (Path.GetFileNameWithoutExtension(path), path))),
        .. folder.Files.Where(IsCode).Select(path => CodeFile(path, folder.Root)),
        .. PluginNames.Misnamed(folder.Root, folder.Folders.Where(HasMain).Select(path => (Path.GetFileName(path), path))),
        .. folder.Folders.Where(path => !HasMain(path)).Select(path => WithoutMain(path, folder.Root, parts)).OfType<OverlookedPath>(),
    ];

    static OverlookedPath CodeFile(string path, string root)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return new(path, root, $"A C# file is part of a folder plugin. Put it beside a main.csx: '{name}/main.csx' and '{name}/{Path.GetFileName(path)}'.");
    }

    // A folder with a build, settings or data is not meant as a folder of scripts.
    static OverlookedPath? WithoutMain(string folder, string root, IReadOnlySet<string> parts)
    {
        var files = FilesIn(folder);
        var scripts = files.Where(path => IsScript(path) && !parts.Contains(path) && Path.GetFileName(path) is not ['_' or '.', ..]).ToList();
        if (scripts.FirstOrDefault(path => IsNamed(path, "main") || IsNamed(path, Path.GetFileName(folder))) is { } meant)
            return new(folder, root, $"A folder plugin is entered at 'main.csx'. Rename '{Path.GetFileName(meant)}' to 'main.csx', in lower case.");
        if (scripts.Count > 0)
            return new(
                folder, root,
                "It has no 'main.csx', so what is in it is no plugin. Name one of its scripts 'main.csx', move them up, or serve it as a plugin folder of its "
                + $"own: --plugin-dir '{folder}'.", IsMistake: false);
        return files.Any(IsCode) && !files.Any(path => Path.GetExtension(path).ToLowerInvariant() is ".csproj" or ".dll" or ".csx")
            ? new(folder, root, "It has C# files and no 'main.csx', at which a folder plugin is entered. Add a main.csx that registers what the files offer.")
            : null;
    }

    static bool HasMain(string folder) => ScriptPath.MainOf(folder) is not null;

    static bool IsScript(string path) => path.EndsWith(".csx", StringComparison.OrdinalIgnoreCase) && !ScriptTest.IsTest(path);

    static bool IsCode(string path) => path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);

    static bool IsNamed(string path, string name) => string.Equals(Path.GetFileNameWithoutExtension(path), name, StringComparison.OrdinalIgnoreCase);

    static string[] FilesIn(string folder)
    {
        try
        {
            return Directory.GetFiles(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted in between, or unreadable: nothing is known about it.
            return [];
        }
    }
}
