using System.IO.Enumeration;

namespace McpScript.FileSystem;

/// <summary>The directories to watch so that no change to the given folders and files is missed, symbolic links followed.</summary>
sealed class WatchPlan
{
    // Plugins are in a plugin folder or one folder below. Links further down lead to files of plugins, which are added by name.
    const int LinkDepth = 1;

    readonly SymlinkResolver _walk = new();
    readonly HashSet<string> _trees = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> _names = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> _requestedAs = new(StringComparer.Ordinal);

    WatchPlan()
    {
    }

    /// <summary>The whole trees to watch, as real paths; none is inside another.</summary>
    public IReadOnlyCollection<string> Trees => _trees;

    /// <summary>
    /// The directories in which only a few names are watched, as real paths, none in a tree. Other names are ignored, because a call log that is written
    /// continuously may be beside a watched config.yaml.
    /// </summary>
    public IReadOnlyDictionary<string, HashSet<string>> Names => _names;

    /// <summary>
    /// Creates the plan for folders with everything in them, and for single files. A missing path is watched in the nearest existing folder.
    /// </summary>
    /// <param name="roots">Absolute paths of folders.</param>
    /// <param name="files">Absolute paths of files, in the folders or elsewhere.</param>
    public static WatchPlan For(IEnumerable<string> roots, IEnumerable<string> files)
    {
        var plan = new WatchPlan();
        foreach (var root in roots)
            plan.Add(root);
        foreach (var file in files)
            plan.Add(file);
        plan.LeaveOutWhatATreeCovers();
        return plan;
    }

    /// <summary>The path of an event, and the requested paths that lead to it through symbolic links.</summary>
    public IEnumerable<string> RequestedPaths(string eventPath)
    {
        yield return eventPath;
        for (var above = eventPath; above is not null; above = Path.GetDirectoryName(above))
        {
            foreach (var requested in _requestedAs.GetValueOrDefault(above, []))
                yield return requested + eventPath[above.Length..];
        }
    }

    void Add(string path)
    {
        var end = _walk.Walk(path);
        foreach (var link in end.Links)
            AddName(link, path);
        if (end.Kind == FileKind.Directory)
            AddTree(end.Real, path);
        else
            AddName(end.Real, path);
    }

    void AddName(string real, string requested)
    {
        Remember(real, requested);
        if (Path.GetDirectoryName(real) is not { } directory || IsInATree(directory))
            return;
        if (!_names.TryGetValue(directory, out var watched))
            _names[directory] = watched = new(StringComparer.Ordinal);
        watched.Add(Path.GetFileName(real));
    }

    void AddTree(string real, string requested)
    {
        Remember(real, requested);
        if (!_trees.Add(real))
            return; // Also ends circles of links.
        foreach (var link in LinksIn(real))
        {
            // A link to a folder above itself would watch the whole disk without finding anything new.
            if (_walk.Walk(link) is { Kind: FileKind.Directory } end && IsIn(link, end.Real))
                continue;
            Add(link);
        }
    }

    void Remember(string real, string requested)
    {
        if (real == requested)
            return;
        if (!_requestedAs.TryGetValue(real, out var names))
            _requestedAs[real] = names = new(StringComparer.Ordinal);
        names.Add(requested);
    }

    void LeaveOutWhatATreeCovers()
    {
        _trees.RemoveWhere(tree => IsInATree(Path.GetDirectoryName(tree)));
        // Names that were added before the tree.
        foreach (var directory in _names.Keys.Where(IsInATree).ToList())
            _names.Remove(directory);
    }

    bool IsInATree(string? directory)
    {
        for (; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (_trees.Contains(directory))
                return true;
        }
        return false;
    }

    static bool IsIn(string path, string directory) => path.StartsWith(
        Path.EndsInDirectorySeparator(directory) ? directory : directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    static List<string> LinksIn(string directory)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = LinkDepth, AttributesToSkip = 0, IgnoreInaccessible = true };
        try
        {
            return [.. new FileSystemEnumerable<string>(directory, (ref FileSystemEntry entry) => entry.ToFullPath(), options)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => IsLink(ref entry),
                ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry),
            }];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted or made unreadable in between: an event or a failed identity check leads to a new plan.
            return [];
        }
    }

    static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
