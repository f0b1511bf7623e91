namespace McpScript.FileSystem;

/// <summary>One directory that is watched: by the system's events, or by comparing snapshots where it has none to give.</summary>
sealed class WatchedDirectory : IDisposable
{
    // LastAccess is not among them: our own reading would be an event. The attribute and security ones bring a file that was made readable.
    const NotifyFilters Anything = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size
        | NotifyFilters.CreationTime | NotifyFilters.Attributes | NotifyFilters.Security;

    readonly Lock gate = new();
    readonly Action<IEnumerable<string>> changed;
    readonly FileIdentity identity;
    FileSystemWatcher? events;
    DirectorySnapshot? last;
    volatile HashSet<string>? names;
    volatile bool overflowed;
    bool disposed;

    /// <summary>Not watched before <see cref="WatchEvents"/> or <see cref="WatchByPolling"/>.</summary>
    /// <param name="path">Its real path.</param>
    /// <param name="names">The only names that count; null for all that is in it, at any depth.</param>
    /// <param name="changed">Told the paths that events named.</param>
    public WatchedDirectory(string path, HashSet<string>? names, Action<IEnumerable<string>> changed)
    {
        Path = path;
        this.names = names;
        this.changed = changed;
        identity = FileStat.Of(path).Identity;
    }

    public string Path { get; }

    public bool IsTree => names is null;

    public bool UsesEvents
    {
        get
        {
            lock (gate)
                return events is not null;
        }
    }

    /// <summary>
    /// False when the same path is another directory by now, or none, or events were lost. inotify watches a directory, not a path: of one that was
    /// deleted and made again it says nothing, for ever and without an error.
    /// </summary>
    public bool IsCurrent => !overflowed && FileStat.Of(Path).Identity == identity;

    /// <summary>Makes these the names that count. True if there are new ones among them, whose changes up to now went unseen.</summary>
    public bool WatchNames(HashSet<string> wanted)
    {
        var more = !wanted.IsSubsetOf(names!);
        lock (gate)
        {
            names = wanted;
            if (last is not null && more)
                last = Look();
        }
        return more;
    }

    /// <summary>Watches by the system's events.</summary>
    /// <param name="create">Makes a watcher for a path.</param>
    /// <param name="refused">Told why the system refuses; the directory is polled then.</param>
    public void WatchEvents(Func<string, FileSystemWatcher> create, Action<Exception> refused)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = create(Path);
            watcher.IncludeSubdirectories = IsTree;
            watcher.NotifyFilter = Anything;
            watcher.InternalBufferSize = 64 * 1024; // Windows only; its default of 8 KiB holds some 80 events.
            watcher.Changed += (_, e) => Tell(e.FullPath);
            watcher.Created += (_, e) => Tell(e.FullPath);
            watcher.Deleted += (_, e) => Tell(e.FullPath);
            watcher.Renamed += (_, e) => Tell(e.OldFullPath, e.FullPath);
            watcher.Error += (_, e) => Failed(e.GetException(), refused);
            lock (gate)
                events = watcher;
            watcher.EnableRaisingEvents = true;
            // It may have reported while starting that the watches are exhausted. Disposed in the middle of that, it keeps its inotify instance: measured.
            if (!UsesEvents)
                watcher.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            // No instance left, not ours to read, or gone since the plan was made (which .NET calls a bad argument). Only the first two are news.
            watcher?.Dispose();
            if (FileStat.Of(Path).Kind == FileKind.Directory)
                refused(e);
            WatchByPolling();
        }
    }

    /// <summary>Watches by comparing snapshots, from now on.</summary>
    public void WatchByPolling()
    {
        FileSystemWatcher? old;
        lock (gate)
        {
            if (disposed)
                return;
            (old, events) = (events, null);
            last ??= Look();
        }
        old?.Dispose();
    }

    /// <summary>Compares with the last snapshot; nothing to do where events are used.</summary>
    public void Poll()
    {
        List<string> changes;
        lock (gate)
        {
            if (last is null)
                return;
            var now = Look();
            changes = last.ChangesTo(now);
            last = now;
        }
        if (changes.Count > 0)
            changed(changes);
    }

    public void Dispose()
    {
        FileSystemWatcher? old;
        lock (gate)
        {
            disposed = true;
            (old, events) = (events, null);
        }
        old?.Dispose();
    }

    DirectorySnapshot Look() => names is { } some ? DirectorySnapshot.OfNames(Path, some) : DirectorySnapshot.OfTree(Path);

    void Tell(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (names is not { } some || some.Contains(System.IO.Path.GetFileName(path)))
                changed([path]);
        }
    }

    void Failed(Exception error, Action<Exception> refused)
    {
        if (error is InternalBufferOverflowException)
            overflowed = true; // Folders that were made meanwhile may be unwatched: it takes a new watcher.
        else if (error is IOException)
        {
            // The number of watches is exhausted: each folder in a tree takes one.
            refused(error);
            WatchByPolling();
        }
        // Else a folder inside that may not be read (lost+found), which no plugin can come from either, or the directory is gone, which IsCurrent tells.
        changed([]);
    }
}
