using System.IO.Enumeration;

namespace McpScript.FileSystem;

/// <summary>Which directories to watch, so that no change to the given folders and files stays unseen, symbolic links followed.</summary>
sealed class WatchPlan
{
    // Plugins stand in a plugin folder or one folder below. Links further down lead to files that the plugins name, and those come in by name.
    const int LinkDepth = 1;

    readonly SymlinkResolver walk = new();
    readonly HashSet<string> trees = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> names = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> askedAs = new(StringComparer.Ordinal);

    WatchPlan()
    {
    }

    /// <summary>The whole trees to watch, as real paths; none lies in another.</summary>
    public IReadOnlyCollection<string> Trees => trees;

    /// <summary>
    /// The directories to watch for a few names only, as real paths, none in a tree. Only these names count: beside a watched config.yaml
    /// may stand a call log that is written all the time.
    /// </summary>
    public IReadOnlyDictionary<string, HashSet<string>> Names => names;

    /// <summary>
    /// The plan for folders with all that is in them, and for single files. What is missing is waited for in the nearest folder that is there.
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

    /// <summary>The path of an event, and what it was asked for as, where a symbolic link lies between the two.</summary>
    public IEnumerable<string> AskedAs(string eventPath)
    {
        yield return eventPath;
        for (var above = eventPath; above is not null; above = Path.GetDirectoryName(above))
        {
            foreach (var asked in askedAs.GetValueOrDefault(above, []))
                yield return asked + eventPath[above.Length..];
        }
    }

    void Add(string path)
    {
        var end = walk.Walk(path);
        foreach (var link in end.Links)
            AddName(link, path);
        if (end.Kind == FileKind.Directory)
            AddTree(end.Real, path);
        else
            AddName(end.Real, path);
    }

    void AddName(string real, string asked)
    {
        Remember(real, asked);
        if (Path.GetDirectoryName(real) is not { } directory || IsInATree(directory))
            return;
        if (!names.TryGetValue(directory, out var watched))
            names[directory] = watched = new(StringComparer.Ordinal);
        watched.Add(Path.GetFileName(real));
    }

    void AddTree(string real, string asked)
    {
        Remember(real, asked);
        if (!trees.Add(real))
            return; // Also the end of every circle of links.
        foreach (var link in LinksIn(real))
        {
            // A link up to where it came from would watch the whole disk to learn nothing new.
            if (walk.Walk(link) is { Kind: FileKind.Directory } end && IsIn(link, end.Real))
                continue;
            Add(link);
        }
    }

    void Remember(string real, string asked)
    {
        if (real == asked)
            return;
        if (!askedAs.TryGetValue(real, out var names))
            askedAs[real] = names = new(StringComparer.Ordinal);
        names.Add(asked);
    }

    void LeaveOutWhatATreeCovers()
    {
        trees.RemoveWhere(tree => IsInATree(Path.GetDirectoryName(tree)));
        // Names that came before the tree did.
        foreach (var directory in names.Keys.Where(IsInATree).ToList())
            names.Remove(directory);
    }

    bool IsInATree(string? directory)
    {
        for (; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (trees.Contains(directory))
                return true;
        }
        return false;
    }

    static bool IsIn(string path, string directory) => path.StartsWith(Path.EndsInDirectorySeparator(directory) ? directory : directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);

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
            // Gone or closed while we looked: that is an event or a failed identity check, and either makes a new plan.
            return [];
        }
    }

    static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
