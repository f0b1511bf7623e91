namespace McpScript.Watching;

/// <summary>Follows a path from the root, link by link, and notes each place where a change would make the path mean something else.</summary>
sealed class LinkWalk
{
    const int MostLinks = 40; // As the kernel: what has more is a loop.

    // The directories of a thousand files are walked once. Good for one plan; the next one looks again.
    readonly Dictionary<string, FileKind> kinds = new(StringComparer.Ordinal);

    /// <summary>Walks to the end of the path, or to the first part that is missing.</summary>
    public WalkedPath Walk(string path)
    {
        var real = Path.GetPathRoot(path)!;
        var parts = new Stack<string>(Parts(path));
        var links = new List<string>();
        while (parts.TryPop(out var part))
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }
            var next = Path.Combine(real, part);
            switch (KindOf(next))
            {
                case FileKind.Missing:
                    return new WalkedPath(next, FileKind.Missing, links);
                case FileKind.Link:
                    links.Add(next);
                    if (links.Count > MostLinks || TargetOf(next) is not { } target)
                        return new WalkedPath(next, FileKind.Missing, links);
                    if (Path.IsPathRooted(target))
                        real = Path.GetPathRoot(target)!;
                    foreach (var more in Parts(target))
                        parts.Push(more);
                    break;
                case not FileKind.Directory when parts.Count > 0:
                    return new WalkedPath(next, FileKind.Missing, links); // A file where a folder should be.
                default:
                    real = next;
                    break;
            }
        }
        return new WalkedPath(real, KindOf(real), links);
    }

    FileKind KindOf(string path)
    {
        if (!kinds.TryGetValue(path, out var kind))
            kinds[path] = kind = FileStamp.OfEntry(path).Kind;
        return kind;
    }

    static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Replaced while we looked: an event for that comes too, and with it a new plan.
            return null;
        }
    }

    // Last part first, as a stack wants it.
    static IEnumerable<string> Parts(string path) =>
        path[Path.GetPathRoot(path)!.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part != ".").Reverse();
}
