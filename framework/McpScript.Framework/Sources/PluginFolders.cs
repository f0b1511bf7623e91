using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Enumeration;
using McpScript.FileSystem;

namespace McpScript.Sources;

/// <summary>Reads the plugin folders. Thread-safe.</summary>
/// <param name="roots">The folders in their order; evaluated at each scan.</param>
/// <param name="list">Lists a folder; null for the file system's own.</param>
sealed class PluginFolders(Func<IReadOnlyList<string>> roots, Func<string, IEnumerable<FolderEntry>>? list = null)
{
    // All entries; what cannot be read is an error, not an empty folder.
    static readonly EnumerationOptions Options = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    readonly Func<string, IEnumerable<FolderEntry>> _list = list ?? List;
    readonly ConcurrentDictionary<string, FolderListing> _lastRead = new(StringComparer.Ordinal);

    /// <summary>Reads each folder once, in their order.</summary>
    public ImmutableArray<FolderListing> Read() =>
        [.. roots().Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).Distinct().Select(Read)];

    FolderListing Read(string root)
    {
        try
        {
            var identity = FileStat.Of(root).Identity;
            var entries = _list(root).ToList();
            var visible = entries.Where(entry => entry.Name is not ['_' or '.', ..]).ToLookup(entry => entry.IsFolder);
            return _lastRead[root] = new(root, FolderReadState.Read, Paths(visible[false]), Paths(visible[true]))
            {
                IsEmpty = entries.Count == 0, Identity = identity,
            };
        }
        catch (DirectoryNotFoundException)
        {
            // Expected: a folder may be created later.
            return new(root, FolderReadState.Missing, [], []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Expected of network drives and of chmod. That is an outage and no deletion: the entries that were read last stay true.
            var last = _lastRead.GetValueOrDefault(root);
            return new(root, FolderReadState.Unreadable, last?.Files ?? [], last?.Folders ?? []) { Error = e.Message };
        }
    }

    static ImmutableArray<string> Paths(IEnumerable<FolderEntry> entries) =>
        [
            .. entries.OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase).ThenBy(entry => entry.Path, StringComparer.Ordinal)
                .Select(entry => entry.Path),
        ];

    // Links have the kind of their target.
    static FileSystemEnumerable<FolderEntry> List(string root) =>
        new(root, (ref FileSystemEntry entry) => new(entry.ToFullPath(), entry.IsDirectory), Options);
}
