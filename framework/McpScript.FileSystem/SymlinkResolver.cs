namespace McpScript.FileSystem;

/// <summary>
/// Follows paths link by link, and notes each place where a change would make a path mean something else. Remembers: good for one plan, the next one walks
/// anew.
/// </summary>
sealed class SymlinkResolver
{
    readonly Dictionary<string, ResolvedPath> walked = new(StringComparer.Ordinal);

    /// <summary>Walks to the end of an absolute path, or to the first part that is missing.</summary>
    public ResolvedPath Walk(string path)
    {
        if (walked.TryGetValue(path, out var known))
            return known;
        // Found again while it is still being walked, it is a circle of links, which leads nowhere.
        walked[path] = new ResolvedPath(path, FileKind.Missing, []);
        return walked[path] = Path.GetDirectoryName(path) is { } parent
            ? Step(Walk(parent), Path.GetFileName(path))
            : new ResolvedPath(path, FileKind.Directory, []);
    }

    ResolvedPath Step(ResolvedPath folder, string name)
    {
        if (name is "" or ".")
            return folder;
        if (folder.Kind != FileKind.Directory)
            return folder with { Kind = FileKind.Missing }; // Below a file there is nothing, until the file is another.
        if (name == "..")
            return folder with { Real = Path.GetDirectoryName(folder.Real) ?? folder.Real };
        var next = Path.Combine(folder.Real, name);
        var kind = FileStat.OfEntry(next).Kind;
        if (kind != FileKind.Link)
            return folder with { Real = next, Kind = kind };
        // Not made a full path first: '..' after a link means the folder above its target.
        var end = TargetOf(next) is { } target ? Walk(Path.Combine(folder.Real, target)) : new ResolvedPath(next, FileKind.Missing, []);
        return end with { Links = [.. folder.Links, next, .. end.Links] };
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
}
