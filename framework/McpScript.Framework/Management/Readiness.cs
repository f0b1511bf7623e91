using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Reconcile;
using McpScript.Registry;

namespace McpScript.Management;

/// <summary>
/// Readiness of a server: true once all plugins that were configured, or found in the plugin folders at start, have been live. Later failures (a
/// broken edit, a failed load by hand, an unload by an operator) make it degraded at most.
/// </summary>
sealed class Readiness
{
    readonly ConcurrentDictionary<PluginReference, bool> _awaited = new();
    readonly PluginRegistry _registry;
    readonly PluginReconciler _folders;
    readonly ShutdownDeadline _shutdown;
    readonly bool _needsPlugin;
    volatile bool _started;

    /// <summary>Creates the readiness of a server that has not loaded its plugins yet.</summary>
    /// <param name="registry">The plugins.</param>
    /// <param name="folders">The plugin folders.</param>
    /// <param name="shutdown">The server's shutdown.</param>
    /// <param name="needsPlugin">True if a server without any plugin is not ready (<c>require_plugins</c>).</param>
    internal Readiness(PluginRegistry registry, PluginReconciler folders, ShutdownDeadline shutdown, bool needsPlugin)
    {
        (_registry, _folders, _shutdown, _needsPlugin) = (registry, folders, shutdown, needsPlugin);
        registry.Changed += change =>
        {
            foreach (var result in change.Results.Where(result => result.Plugin is not null))
                _awaited.TryRemove(result.Reference!, out _);
        };
    }

    /// <summary>Reasons why the server is not ready; empty if it is.</summary>
    public ImmutableArray<string> Missing =>
        _shutdown.HasBegun ? ["The server is shutting down"]
        : _started ? [.. UnreadFolders(), .. NotLoaded(), .. NoPlugin()]
        : ["The plugins are being loaded"];

    /// <summary>Reasons why the server is degraded, ready or not; empty if it is not.</summary>
    public ImmutableArray<string> Degraded => _started ? [.. Folders(), .. Failures()] : [];

    /// <summary>Records the first load of the plugins.</summary>
    /// <param name="results">The outcome for each desired plugin.</param>
    internal void Started(IEnumerable<ChangeResult> results)
    {
        foreach (var reference in results.Where(result => !result.Ok).Select(result => result.Reference!).Where(reference => !IsLoaded(reference)))
            _awaited[reference] = true;
        _started = true;
    }

    // A plugin that an operator unloaded, or whose file was deleted, has no failure any more and is not required.
    IEnumerable<string> NotLoaded() =>
        from failure in _registry.Failures
        where _awaited.ContainsKey(failure.Reference) && !IsLoaded(failure.Reference)
        select $"Plugin '{failure.Reference}' should be loaded and is not";

    IEnumerable<string> UnreadFolders() => _folders.State.Unread.Select(folder => $"Plugin folder '{Shown(folder)}' cannot be read");

    IEnumerable<string> NoPlugin() => _needsPlugin && _registry.Plugins.IsEmpty ? ["No plugin is loaded, and 'require_plugins' is on"] : [];

    IEnumerable<string> Folders() =>
    [
        .. UnreadFolders(),
        .. _folders.State.Lost.Select(folder => $"Plugin folder '{Shown(folder)}' is gone, or cannot be read any more; its plugins keep serving"),
        .. _folders.State.Empty.Select(folder => $"Plugin folder '{Shown(folder)}' holds no plugin"),
    ];

    IEnumerable<string> Failures() => _registry.Failures.Select(failure => IsLoaded(failure.Reference)
        ? $"Plugin '{failure.Reference}' could not be reloaded; its previous version serves"
        : $"Plugin '{failure.Reference}' could not be loaded");

    bool IsLoaded(PluginReference reference) => _registry.Plugins.Any(plugin => plugin.Reference.Equals(reference));

    // Not the whole path: the health port may be reachable by clients that must not learn it.
    static string Shown(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
}
