using System.Collections.Concurrent;

namespace McpScript.FileSystem;

/// <summary>
/// Hashes of files; a file is read again only when it may have changed. One instance serves all scanning, reading and compiling of plugins. Thread-safe.
/// </summary>
sealed class FileHashCache
{
    // Sources are far smaller; reading a large file, such as a DLL, twice is cheap compared with loading it.
    const int MostKeptBytes = 256 * 1024;

    readonly TimeProvider _time;
    readonly Func<string, FileStat> _statOf;
    readonly Func<string, FileContent> _read;
    readonly FileFactCache<SourceFile> _hashes;
    readonly ConcurrentDictionary<string, (FileStat Stat, FileContent Content)> _latest = new(StringComparer.Ordinal);

    /// <param name="time">The clock that file times are compared with.</param>
    /// <param name="statOf">Reads the stat of a path; null for the file system's own, symbolic links followed.</param>
    /// <param name="read">Reads a file; null for the file system's own.</param>
    public FileHashCache(TimeProvider time, Func<string, FileStat>? statOf = null, Func<string, FileContent>? read = null)
    {
        (_time, _statOf, _read) = (time, statOf ?? FileStat.Of, read ?? FileContent.Read);
        _hashes = new(time, path => ReadNow(path).File, _statOf);
    }

    /// <summary>
    /// Returns the file as it is on disk, symbolic links followed. A missing file has no hash; an unreadable one has <see cref="SourceFile.NotReadable"/>.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="force">True to read it even if it looks unchanged.</param>
    public SourceFile Read(string path, bool force = false)
    {
        if (SourceListing.IsListing(path))
            return SourceListing.Read(path);
        var stat = _statOf(path);
        if (stat.Kind != FileKind.File)
            return Forget(stat.Kind == FileKind.Missing ? SourceFile.Missing(path) : SourceFile.Unreadable(path));
        var file = _hashes.Get(path, stat, force);
        // Deleted or made unreadable since the stat: becoming readable and being deleted both count as changes.
        return file.Hash is null or SourceFile.NotReadable ? Forget(file) : file;
    }

    /// <summary>
    /// Returns the content of a file, from the last read if its stat has not changed since. A write in the same clock tick as that read is not detected, so the
    /// caller checks the file with <see cref="HasChanged"/> when its work is done.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    public FileContent ReadContent(string path)
    {
        var stat = _statOf(path);
        return _latest.TryGetValue(path, out var latest) && latest.Stat == stat ? latest.Content : _read(path);
    }

    /// <summary>Returns the file as of the last read if its stat has not changed since, else as it is now; see <see cref="ReadContent"/>.</summary>
    /// <param name="path">Absolute path.</param>
    public SourceFile ReadRecent(string path)
    {
        var stat = _statOf(path);
        return _latest.TryGetValue(path, out var latest) && latest.Stat == stat ? latest.Content.File : Read(path);
    }

    /// <summary>True if the file's content is different now, or the file was created or deleted. A touched file has not changed.</summary>
    public bool HasChanged(SourceFile file, bool force = false) => Read(file.Path, force).Hash != file.Hash;

    FileContent ReadNow(string path)
    {
        var stat = _statOf(path);
        var content = _read(path);
        if (content.Bytes is { Length: <= MostKeptBytes } && IsFresh(stat))
            _latest[path] = (stat, content);
        else
            _latest.TryRemove(path, out _);
        return content;
    }

    // Only files that were just saved are about to be compiled.
    bool IsFresh(FileStat stat) => _time.GetUtcNow().UtcTicks - stat.Changed < TimeSpan.TicksPerSecond;

    SourceFile Forget(SourceFile file)
    {
        _latest.TryRemove(file.Path, out _);
        _hashes.Forget(file.Path);
        return file;
    }
}
