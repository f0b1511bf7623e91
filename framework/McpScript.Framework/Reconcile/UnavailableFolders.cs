using McpScript.FileSystem;
using Microsoft.Extensions.Logging;

namespace McpScript.Reconcile;

/// <summary>
/// Knows which plugin folders are away. A folder that vanished is an outage (an unmounted disk, a swapped volume), not the deletion of its plugins.
/// </summary>
/// <param name="logger">Told when a folder goes, cannot be read, or is back.</param>
/// <param name="list">Lists a folder; null for the file system's own.</param>
sealed partial class UnavailableFolders(ILogger<UnavailableFolders> logger, Func<string, IEnumerable<string>>? list = null)
{
    readonly Func<string, IEnumerable<string>> _list = list ?? Directory.EnumerateFileSystemEntries;
    readonly HashSet<string> unread = new(StringComparer.Ordinal);
    readonly Dictionary<string, FileIdentity> lastSeen = new(StringComparer.Ordinal);
    readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <summary>Whether a folder exists and could not be read at any time.</summary>
    public bool IsUnread(string root) => unread.Contains(root);

    /// <summary>
    /// The folders that are away now; their plugins keep serving. Tells the log once when one goes and once when it is back. Look after the folders were
    /// read: one that went away in between would otherwise pass for empty.
    /// </summary>
    /// <param name="roots">Absolute paths.</param>
    public IReadOnlySet<string> Look(IEnumerable<string> roots)
    {
        var away = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in roots)
        {
            if (IsThere(root))
            {
                lastSeen[root] = FileStat.Of(root).Identity;
                unread.Remove(root);
                if (told.Remove(root))
                    FolderIsBack(root);
            }
            else
            {
                away.Add(root);
                // One that never was there is the start-up's to tell.
                if (lastSeen.ContainsKey(root) && told.Add(root))
                    FolderIsAway(root);
            }
        }
        return away;
    }

    bool IsThere(string root)
    {
        var isAnother = lastSeen.TryGetValue(root, out var seen) && FileStat.Of(root).Identity != seen;
        try
        {
            // Another folder with nothing in it is a bare mount point, or one that is just being filled again. The same one, emptied, is emptied.
            var isEmpty = !_list(root).Any();
            return !(isAnother && isEmpty);
        }
        catch (DirectoryNotFoundException)
        {
            unread.Remove(root);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A stale network handle, or closed to us: what is in it cannot be known.
            if (!lastSeen.ContainsKey(root) && unread.Add(root))
                FolderUnreadable(root, e.Message);
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
