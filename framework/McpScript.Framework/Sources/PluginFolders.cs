using System.Collections.Concurrent;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Sources;

/// <summary>The plugin folders, and what stands in them by the rules for plugin names. Safe for concurrent use.</summary>
sealed partial class PluginFolders(Func<IReadOnlyList<string>> folders, ILogger log)
{
    readonly ConcurrentDictionary<(string Root, bool Files), IReadOnlyList<string>> _lastSeen = new();
    readonly ConcurrentDictionary<string, bool> _told = new();

    /// <summary>The folders, absolute, each once, in their order.</summary>
    public IEnumerable<string> Roots => folders().Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).Distinct();

    /// <summary>The files in a root, by name, without hidden ones; none if it is missing.</summary>
    public IReadOnlyList<string> Files(string root) => Entries(root, files: true);

    /// <summary>The folders in a root, by name, without hidden ones; none if it is missing.</summary>
    public IReadOnlyList<string> Folders(string root) => Entries(root, files: false);

    IReadOnlyList<string> Entries(string root, bool files)
    {
        try
        {
            var entries = (files ? Directory.GetFiles(root) : Directory.GetDirectories(root))
                .Where(path => Path.GetFileName(path) is not ['_' or '.', ..])
                .OrderBy(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)
                .ThenBy(path => path, StringComparer.Ordinal)
                .ToList();
            return _lastSeen[(root, files)] = entries;
        }
        catch (DirectoryNotFoundException)
        {
            // Expected: a folder may come later.
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Expected of network drives and of chmod. That is an outage and no deletion: what we saw last stays true. Reported once, for all kinds of
            // plugins, by RootOutages.
            return _lastSeen.GetValueOrDefault((root, files)) ?? [];
        }
    }

    /// <summary>The plugin of that name, or null, with a word in the log, if the name is none.</summary>
    public PluginLocation? Locate(string name, string kind, string path, string root)
    {
        if (PluginReference.IsValidName(name))
            return new PluginLocation(new PluginReference(name), kind, path, root);
        if (_told.TryAdd(path, true))
            NameInvalid(path, PluginReference.InvalidName(name));
        return null;
    }

    /// <summary>Files or folders whose names are no plugin names; the log has a line about each since <see cref="Locate"/>.</summary>
    /// <param name="root">The plugin folder.</param>
    /// <param name="entries">Paths in it, each with the name that a plugin there would have.</param>
    public static IEnumerable<OverlookedPath> Misnamed(string root, IEnumerable<(string Name, string Path)> entries) =>
        from entry in entries
        where !PluginReference.IsValidName(entry.Name)
        select new OverlookedPath(entry.Path, root, $"{PluginReference.InvalidName(entry.Name)} Rename it to load it, or begin its name with '_' to hide it.") { IsLogged = true };

    /// <summary>Says once that a script is part of another.</summary>
    public void TellPart(string path, string script)
    {
        if (_told.TryAdd(path, true))
            ScriptIsPart(path, script);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Path}' is skipped: {Reason} Rename it to load it, or begin its name with '_' to hide it.")]
    partial void NameInvalid(string path, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "'{Path}' is no plugin of its own: '{Script}' loads it. Begin its name with '_' to make that plain.")]
    partial void ScriptIsPart(string path, string script);
}
