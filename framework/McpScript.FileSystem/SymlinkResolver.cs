namespace McpScript.FileSystem;

/// <summary>
/// Resolves the symbolic links of paths one by one, and records each link whose change would change the target. Caches results: use one instance for one
/// plan. Not thread-safe.
/// </summary>
sealed class SymlinkResolver
{
    readonly Dictionary<string, ResolvedPath> _walked = new(StringComparer.Ordinal);

    /// <summary>Resolves an absolute path up to its end, or to the first missing part.</summary>
    public ResolvedPath Walk(string path)
    {
        if (_walked.TryGetValue(path, out var known))
            return known;
        // If the path is reached again while it is resolved, the links form a circle, which has no target.
        _walked[path] = new ResolvedPath(path, FileKind.Missing, []);
        return _walked[path] = Path.GetDirectoryName(path) is { } parent
            ? Step(Walk(parent), Path.GetFileName(path))
            : new ResolvedPath(path, FileKind.Directory, []);
    }

    ResolvedPath Step(ResolvedPath folder, string name)
    {
        if (name is "" or ".")
            return folder;
        if (folder.Kind != FileKind.Directory)
            return folder with { Kind = FileKind.Missing }; // There is nothing below a file.
        if (name == "..")
            return folder with { Real = Path.GetDirectoryName(folder.Real) ?? folder.Real };
        var next = Path.Combine(folder.Real, name);
        var kind = FileStat.OfEntry(next).Kind;
        if (kind != FileKind.Link)
            return folder with { Real = next, Kind = kind };
        // Not normalized first, because '..' after a link means the parent of its target.
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
            // Replaced in between: that raises an event, which leads to a new plan.
            return null;
        }
    }
}
