using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Model;

namespace McpScript.Proxy.Commands;

/// <summary>What <c>check</c> was told to look at.</summary>
/// <param name="Folders">Plugin folders, absolute; those of single plugins too, for their settings.</param>
/// <param name="Singles">Single plugins, by their absolute paths.</param>
/// <param name="Whole">The folders that are meant as a whole.</param>
/// <param name="Problem">Why it cannot be done; null if it can.</param>
sealed record CheckedPaths(ImmutableArray<string> Folders, ImmutableArray<(string Name, string Path)> Singles, ImmutableArray<string> Whole, string? Problem = null)
{
    /// <summary>Sorts out paths as they were written.</summary>
    public static CheckedPaths Of(IReadOnlyList<string> written)
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

    /// <summary>The configuration, with the single plugins at their places.</summary>
    public McpScriptConfig Apply(McpScriptConfig config) =>
        config with { Plugins = config.Plugins.SetItems(Singles.Select(single => KeyValuePair.Create(single.Name, config.Plugin(single.Name) with { Path = single.Path }))) };

    /// <summary>True for a plugin that is to be checked: without paths all are.</summary>
    public bool IsMeant(PluginLocation location) =>
        (Whole.IsEmpty && Singles.IsEmpty) || Whole.Contains(location.Root) || Singles.Any(single => string.Equals(single.Name, location.Reference.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for a plugin folder that is checked as a whole.</summary>
    public bool IsWhole(string root) => (Whole.IsEmpty && Singles.IsEmpty) || Whole.Contains(root);

    static bool IsPlugin(string folder) => File.Exists(Path.Combine(folder, "main.csx")) || File.Exists(Path.Combine(folder, $"{Path.GetFileName(folder)}.dll"));
}
