using System.IO.Enumeration;

namespace McpScript.FileSystem;

/// <summary>The stats of all entries of a directory, for comparison with a later snapshot. Links are recorded, not followed. Immutable.</summary>
sealed class DirectorySnapshot
{
    readonly Dictionary<string, FileStat> _entries = new(StringComparer.Ordinal);

    DirectorySnapshot()
    {
    }

    /// <summary>Latest change time of the entries, in UTC ticks; 0 without entries.</summary>
    public long NewestChange => _entries.Values.Select(entry => entry.Changed).DefaultIfEmpty().Max();

    /// <summary>Reads a directory with everything in it, itself included; the snapshot of a missing one is empty.</summary>
    public static DirectorySnapshot OfTree(string directory)
    {
        var snapshot = new DirectorySnapshot();
        snapshot.Add(directory);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true };
        try
        {
            var paths = new FileSystemEnumerable<string>(directory, (ref FileSystemEntry entry) => entry.ToFullPath(), options)
            {
                ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            };
            foreach (var path in paths)
                snapshot.Add(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted or made unreadable in between. A partial snapshot differs from the next complete one, so no change is missed.
        }
        return snapshot;
    }

    /// <summary>Reads the target of a path, links followed: a directory with everything in it, or a single file.</summary>
    public static DirectorySnapshot OfTarget(string path)
    {
        var target = FileStat.Of(path);
        var snapshot = target.Kind == FileKind.Directory ? OfTree(path) : new DirectorySnapshot();
        if (target.Kind != FileKind.Missing)
            snapshot._entries[path] = target;
        return snapshot;
    }

    /// <summary>Reads only some names of a directory.</summary>
    public static DirectorySnapshot OfNames(string directory, IEnumerable<string> names)
    {
        var snapshot = new DirectorySnapshot();
        foreach (var name in names)
            snapshot.Add(Path.Combine(directory, name));
        return snapshot;
    }

    /// <summary>Paths that were added, removed or changed in the later snapshot.</summary>
    public List<string> ChangesTo(DirectorySnapshot later) =>
    [
        .. _entries.Where(entry => later._entries.GetValueOrDefault(entry.Key) != entry.Value).Select(entry => entry.Key),
        .. later._entries.Keys.Where(path => !_entries.ContainsKey(path)),
    ];

    void Add(string path)
    {
        if (FileStat.OfEntry(path) is { Kind: not FileKind.Missing } stamp)
            _entries[path] = stamp;
    }
}
