using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Sources;

/// <summary>Applies the rules for plugin names to files and folders, and logs each path that breaks them once. Thread-safe.</summary>
/// <param name="log">The log of the source that found the path.</param>
sealed partial class PluginNames(ILogger log)
{
    readonly ConcurrentDictionary<string, bool> _logged = new();

    /// <summary>The location of a plugin; null, and a line in the log, if its name is not a plugin name.</summary>
    public PluginLocation? Locate(string name, string kind, string path, string root)
    {
        if (PluginReference.IsValidName(name))
            return new PluginLocation(new PluginReference(name), kind, path, root);
        if (_logged.TryAdd(path, true))
            NameInvalid(path, PluginReference.InvalidName(name));
        return null;
    }

    /// <summary>Logs once that a script is part of another.</summary>
    public void LogPart(string path, string script)
    {
        if (_logged.TryAdd(path, true))
            ScriptIsPart(path, script);
    }

    /// <summary>Files or folders whose names are not plugin names; <see cref="Locate"/> has logged each.</summary>
    /// <param name="root">The plugin folder.</param>
    /// <param name="entries">Paths in it, each with the name that a plugin there would have.</param>
    public static ImmutableArray<OverlookedPath> Misnamed(string root, IEnumerable<(string Name, string Path)> entries) =>
    [
        .. from entry in entries
           where !PluginReference.IsValidName(entry.Name)
           select new OverlookedPath(
               entry.Path, root, $"{PluginReference.InvalidName(entry.Name)} Rename it to load it, or begin its name with '_' to hide it.") { IsLogged = true },
    ];

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Path}' is skipped: {Reason} Rename it to load it, or begin its name with '_' to hide it.")]
    partial void NameInvalid(string path, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "'{Path}' is no plugin of its own: '{Script}' loads it. Begin its name with '_' to make that "
        + "plain.")]
    partial void ScriptIsPart(string path, string script);
}
