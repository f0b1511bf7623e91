using McpScript.FileSystem;
using McpScript.Sources;
using Microsoft.Extensions.Logging;

namespace McpScript.Reconcile;

/// <summary>
/// Distinguishes unavailable plugin folders from deletions: a folder that vanished (an unmounted disk, a swapped volume) does not unload its plugins. Not
/// thread-safe.
/// </summary>
/// <param name="logger">Logs once when a folder disappears or cannot be read, and once when it is back.</param>
sealed partial class UnavailableFolders(ILogger<UnavailableFolders> logger)
{
    readonly HashSet<string> _unread = new(StringComparer.Ordinal);
    readonly Dictionary<string, FileIdentity> _lastSeen = new(StringComparer.Ordinal);
    readonly HashSet<string> _logged = new(StringComparer.Ordinal);

    /// <summary>True if a folder exists and could not be read so far.</summary>
    public bool IsUnread(string root) => _unread.Contains(root);

    /// <summary>Returns the folders that are unavailable now; their plugins keep serving.</summary>
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
                // A folder that never existed is reported at start.
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
                // An empty folder with another identity is a bare mount point, or is being filled again. The same folder without files was emptied.
                return !(folder.IsEmpty && _lastSeen.TryGetValue(folder.Root, out var seen) && folder.Identity != seen);
            case FolderReadState.Missing:
                _unread.Remove(folder.Root);
                return false;
            default:
                // A stale network handle, or no permission: the content is unknown.
                if (!_lastSeen.ContainsKey(folder.Root) && _unread.Add(folder.Root))
                    FolderUnreadable(folder.Root, folder.Error!);
                return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin folder '{Folder}' is gone. Its plugins keep serving as they are, and it is watched for its "
        + "return. To fix this, bring the folder back with its files; to be rid of the plugins, unload them by name.")]
    partial void FolderIsAway(string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin folder '{Folder}' cannot be read, so nothing in it is loaded: {Reason} Let this user list and "
        + "enter it.")]
    partial void FolderUnreadable(string folder, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin folder '{Folder}' is back.")]
    partial void FolderIsBack(string folder);
}
