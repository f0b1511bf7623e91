using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Model;

namespace McpScript.Proxy.Commands;

/// <summary>Paths to check: whole plugin folders and single plugins.</summary>
/// <param name="Folders">Absolute paths of the plugin folders, including those of single plugins, which may hold their settings.</param>
/// <param name="Singles">Single plugins by name, with absolute paths.</param>
/// <param name="Whole">Folders whose plugins are all checked.</param>
/// <param name="Problem">Error for the user if a path is invalid; otherwise null.</param>
sealed record CheckedPaths(
    ImmutableArray<string> Folders, ImmutableArray<(string Name, string Path)> Singles, ImmutableArray<string> Whole, string? Problem = null)
{
    /// <summary>Parses paths of the command line.</summary>
    public static CheckedPaths Parse(IReadOnlyList<string> written)
    {
        var (folders, singles, whole) = (new List<string>(), new List<(string, string)>(), new List<string>());
        foreach (var path in written.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))))
        {
            var name = Directory.Exists(path) ? Path.GetFileName(path) : Path.GetFileNameWithoutExtension(path);
            if (!Path.Exists(path))
                return new([], [], [], $"'{path}' does not exist. Name a plugin folder, a script, a DLL, or a folder with one of them.");
            if (Directory.Exists(path) && !IsPlugin(path))
                whole.Add(path);
            else if (!PluginReference.IsValidName(name))
                return new([], [], [], PluginReference.InvalidName(name));
            else
                singles.Add((name, path));
            folders.Add(Directory.Exists(path) && !IsPlugin(path) ? path : Path.GetDirectoryName(path)!);
        }
        return new([.. folders.Distinct()], [.. singles], [.. whole]);
    }

    /// <summary>Returns the configuration with the paths of the single plugins set.</summary>
    public McpScriptConfig Apply(McpScriptConfig config)
    {
        var settings = Singles.Select(single => KeyValuePair.Create(single.Name, config.Plugin(single.Name) with { Path = single.Path }));
        return config with { Plugins = config.Plugins.SetItems(settings) };
    }

    /// <summary>Returns true for a plugin to check. Without paths, all plugins are checked.</summary>
    public bool IsSelected(PluginLocation location) => (Whole.IsEmpty && Singles.IsEmpty)
        || Whole.Contains(location.Root)
        || Singles.Any(single => string.Equals(single.Name, location.Reference.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns true for a plugin folder whose plugins are all checked.</summary>
    public bool IsWholeFolder(string root) => (Whole.IsEmpty && Singles.IsEmpty) || Whole.Contains(root);

    static bool IsPlugin(string folder) =>
        File.Exists(Path.Combine(folder, "main.csx")) || File.Exists(Path.Combine(folder, $"{Path.GetFileName(folder)}.dll"));
}
