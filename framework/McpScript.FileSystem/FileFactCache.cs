namespace McpScript.FileSystem;

/// <summary>
/// Facts derived from the content of files. A fact is derived again only when its file may have changed, so that a thousand unchanged files cost a thousand
/// stats and no read. Thread-safe.
/// </summary>
/// <param name="time">The clock that file times are compared with.</param>
/// <param name="derive">Derives the fact from the file at a path. Its exceptions reach the caller, and nothing is cached then.</param>
/// <param name="statOf">Reads the stat of a path; null for the file system's own, symbolic links followed.</param>
sealed class FileFactCache<T>(TimeProvider time, Func<string, T> derive, Func<string, FileStat>? statOf = null)
{
    // File systems take their times from the kernel's tick (4 ms on ext4), so a write in the same tick as the previous read leaves the same stat.
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    // FAT has a resolution of 2 seconds, some servers of 1. A time without a fraction is taken as a sign of that.
    static readonly TimeSpan CoarseTick = TimeSpan.FromMilliseconds(2100);

    readonly Func<string, FileStat> _statOf = statOf ?? FileStat.Of;
    readonly Lock _gate = new();
    readonly Dictionary<string, (FileStat Stat, T Fact)> _known = new(StringComparer.Ordinal);

    /// <summary>Returns the fact about the file as it is on disk now.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="stat">The file's stat, read just before this call.</param>
    /// <param name="force">True to derive it again even if the file looks unchanged.</param>
    public T Get(string path, FileStat stat, bool force = false)
    {
        lock (_gate)
        {
            if (!force && _known.TryGetValue(path, out var known) && known.Stat == stat)
                return known.Fact;
            // Removed first, because deriving the new fact may fail.
            _known.Remove(path);
        }
        var begin = time.GetUtcNow();
        var fact = derive(path);
        if (_statOf(path) == stat && IsOlderThanATick(stat, begin))
            lock (_gate)
                _known[path] = (stat, fact);
        return fact;
    }

    /// <summary>Removes the fact about a file.</summary>
    public void Forget(string path)
    {
        lock (_gate)
            _known.Remove(path);
    }

    /// <summary>Removes the facts about all other files.</summary>
    /// <param name="paths">The files that may be needed again.</param>
    public void Keep(IReadOnlySet<string> paths)
    {
        lock (_gate)
            foreach (var path in _known.Keys.Where(path => !paths.Contains(path)).ToList())
                _known.Remove(path);
    }

    // The same rule by which git checks its index: https://git-scm.com/docs/racy-git. A time in the future (a skewed clock) is never trusted.
    static bool IsOlderThanATick(FileStat stat, DateTimeOffset now) =>
        now.UtcTicks - stat.Changed > (stat.Changed % TimeSpan.TicksPerSecond == 0 ? CoarseTick : Tick).Ticks;
}
