using McpScript.FileSystem;
using McpScript.Sources;
using Microsoft.Extensions.Logging;

namespace McpScript.Reconcile;

/// <summary>
/// Tells outages of plugin folders from deletions: a folder that vanished (an unmounted disk, a swapped volume) does not unload its plugins. For one scan at
/// a time.
/// </summary>
/// <param name="logger">Logs once when a folder disappears or cannot be read, and once when it is back.</param>
sealed partial class UnavailableFolders(ILogger<UnavailableFolders> logger)
{
    readonly HashSet<string> _unread = new(StringComparer.Ordinal);
    readonly Dictionary<string, FileIdentity> _lastSeen = new(StringComparer.Ordinal);
    readonly HashSet<string> _logged = new(StringComparer.Ordinal);

    /// <summary>Whether a folder exists and could never be read.</summary>
    public bool IsUnread(string root) => _unread.Contains(root);

    /// <summary>Returns the folders that are away now; their plugins keep serving.</summary>
    /// <param name="folders">The plugin folders as this scan read them.</param>
    public IReadOnlySet<string> Update(IEnumerable<FolderListing> folders)
    {
        var away = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            if (IsThere(folder))
            {
                _lastSeen[folder.Root] = folder.Identity;
                _unread.Remove(folder.Root);
                if (_logged.Remove(folder.Root))
                    FolderIsBack(folder.Root);
            }
            else
            {
                away.Add(folder.Root);
                // The start-up reports one that was never there.
                if (_lastSeen.ContainsKey(folder.Root) && _logged.Add(folder.Root))
                    FolderIsAway(folder.Root);
            }
        }
        return away;
    }

    bool IsThere(FolderListing folder)
    {
        switch (folder.State)
        {
            case FolderReadState.Read:
                // Another folder with nothing in it is a bare mount point, or one that is just being filled again. The same one, emptied, is emptied.
                return !(folder.IsEmpty && _lastSeen.TryGetValue(folder.Root, out var seen) && folder.Identity != seen);
            case FolderReadState.Missing:
                _unread.Remove(folder.Root);
                return false;
            default:
                // A stale network handle, or closed to this process: what is in it cannot be known.
                if (!_lastSeen.ContainsKey(folder.Root) && _unread.Add(folder.Root))
                    FolderUnreadable(folder.Root, folder.Error!);
                return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin folder '{Folder}' is gone. Its plugins keep serving as they are, and it is watched for its return. "
        + "To fix this, bring the folder back with its files; to be rid of the plugins, unload them by name.")]
    partial void FolderIsAway(string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin folder '{Folder}' cannot be read, so nothing in it is loaded: {Reason} Let this user list and enter it.")]
    partial void FolderUnreadable(string folder, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin folder '{Folder}' is back.")]
    partial void FolderIsBack(string folder);
}
