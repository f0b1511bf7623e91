using System.IO.Enumeration;

namespace McpScript.FileSystem;

/// <summary>The stamps of all entries in a directory at one moment, to be compared with those of another. Links are noted, not followed.</summary>
sealed class DirectorySnapshot
{
    readonly Dictionary<string, FileStat> entries = new(StringComparer.Ordinal);

    DirectorySnapshot()
    {
    }

    /// <summary>When the youngest of the entries changed, in UTC ticks; 0 if there are none.</summary>
    public long NewestChange => entries.Values.Select(entry => entry.Changed).DefaultIfEmpty().Max();

    /// <summary>A directory with all that is in it, itself included; one that is missing is an empty snapshot.</summary>
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
            // Gone or closed while we looked. Half a snapshot differs from the next whole one, so nothing stays unseen.
        }
        return snapshot;
    }

    /// <summary>What a path leads to, links to it followed: a directory with all that is in it, or a single file.</summary>
    public static DirectorySnapshot OfTarget(string path)
    {
        var target = FileStat.Of(path);
        var snapshot = target.Kind == FileKind.Directory ? OfTree(path) : new DirectorySnapshot();
        if (target.Kind != FileKind.Missing)
            snapshot.entries[path] = target;
        return snapshot;
    }

    /// <summary>Only these names of a directory.</summary>
    public static DirectorySnapshot OfNames(string directory, IEnumerable<string> names)
    {
        var snapshot = new DirectorySnapshot();
        foreach (var name in names)
            snapshot.Add(Path.Combine(directory, name));
        return snapshot;
    }

    /// <summary>The paths that came, went or look different in the later one.</summary>
    public List<string> ChangesTo(DirectorySnapshot later) =>
    [
        .. entries.Where(entry => later.entries.GetValueOrDefault(entry.Key) != entry.Value).Select(entry => entry.Key),
        .. later.entries.Keys.Where(path => !entries.ContainsKey(path)),
    ];

    void Add(string path)
    {
        if (FileStat.OfEntry(path) is { Kind: not FileKind.Missing } stamp)
            entries[path] = stamp;
    }
}
