namespace McpScript.FileSystem;

/// <summary>One watched directory: by the system's events, or by comparing snapshots where there are none. Thread-safe.</summary>
sealed class WatchedDirectory : IDisposable
{
    // Without LastAccess, because this process's own reads would raise events. Attributes and Security report a file that was made readable.
    const NotifyFilters Anything = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size
        | NotifyFilters.CreationTime | NotifyFilters.Attributes | NotifyFilters.Security;

    readonly Lock _gate = new();
    readonly Action<IEnumerable<string>> _changed;
    readonly FileIdentity _identity;
    FileSystemWatcher? _events;
    DirectorySnapshot? _last;
    volatile HashSet<string>? _names;
    volatile bool _overflowed;
    bool _disposed;

    /// <summary>Creates a directory that is not watched before <see cref="WatchEvents"/> or <see cref="WatchByPolling"/>.</summary>
    /// <param name="path">Real path of the directory.</param>
    /// <param name="names">The only names that count; null for everything in it, at any depth.</param>
    /// <param name="changed">Called with the paths of events.</param>
    public WatchedDirectory(string path, HashSet<string>? names, Action<IEnumerable<string>> changed)
    {
        Path = path;
        _names = names;
        _changed = changed;
        _identity = FileStat.Of(path).Identity;
    }

    public string Path { get; }

    public bool IsTree => _names is null;

    public bool UsesEvents
    {
        get
        {
            lock (_gate)
                return _events is not null;
        }
    }

    /// <summary>
    /// False if the path is another directory now, or is missing, or events were lost. inotify watches a directory, not a path: it reports nothing, and no
    /// error, for a directory that was deleted and recreated.
    /// </summary>
    public bool IsCurrent => !_overflowed && FileStat.Of(Path).Identity == _identity;

    /// <summary>Sets the names that count. True if some are new, whose earlier changes were not detected.</summary>
    public bool WatchNames(HashSet<string> wanted)
    {
        var more = !wanted.IsSubsetOf(_names!);
        lock (_gate)
        {
            _names = wanted;
            if (_last is not null && more)
                _last = Snapshot();
        }
        return more;
    }

    /// <summary>Watches by the system's events.</summary>
    /// <param name="create">Creates a watcher for a path.</param>
    /// <param name="refused">Called with the error if the system rejects the watch; the directory is polled then.</param>
    public void WatchEvents(Func<string, FileSystemWatcher> create, Action<Exception> refused)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = create(Path);
            watcher.IncludeSubdirectories = IsTree;
            watcher.NotifyFilter = Anything;
            watcher.InternalBufferSize = 64 * 1024; // Windows only; its default of 8 KiB holds some 80 events.
            watcher.Changed += (_, e) => Report(e.FullPath);
            watcher.Created += (_, e) => Report(e.FullPath);
            watcher.Deleted += (_, e) => Report(e.FullPath);
            watcher.Renamed += (_, e) => Report(e.OldFullPath, e.FullPath);
            watcher.Error += (_, e) => Failed(e.GetException(), refused);
            lock (_gate)
                _events = watcher;
            watcher.EnableRaisingEvents = true;
            // It may have reported exhausted watches while starting. If it is disposed during the start, it leaks its inotify instance (measured).
            if (!UsesEvents)
                watcher.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            // No inotify instance left, no permission, or deleted since the plan (ArgumentException in .NET). Only the first two are worth a warning.
            watcher?.Dispose();
            if (FileStat.Of(Path).Kind == FileKind.Directory)
                refused(e);
            WatchByPolling();
        }
    }

    /// <summary>Starts to watch by comparing snapshots.</summary>
    public void WatchByPolling()
    {
        FileSystemWatcher? old;
        lock (_gate)
        {
            if (_disposed)
                return;
            (old, _events) = (_events, null);
            _last ??= Snapshot();
        }
        old?.Dispose();
    }

    /// <summary>Compares with the last snapshot and reports changes; does nothing where events are used.</summary>
    public void Poll()
    {
        List<string> changes;
        lock (_gate)
        {
            if (_last is null)
                return;
            var now = Snapshot();
            changes = _last.ChangesTo(now);
            _last = now;
        }
        if (changes.Count > 0)
            _changed(changes);
    }

    public void Dispose()
    {
        FileSystemWatcher? old;
        lock (_gate)
        {
            _disposed = true;
            (old, _events) = (_events, null);
        }
        old?.Dispose();
    }

    DirectorySnapshot Snapshot() => _names is { } some ? DirectorySnapshot.OfNames(Path, some) : DirectorySnapshot.OfTree(Path);

    void Report(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (_names is not { } some || some.Contains(System.IO.Path.GetFileName(path)))
                _changed([path]);
        }
    }

    void Failed(Exception error, Action<Exception> refused)
    {
        if (error is InternalBufferOverflowException)
            _overflowed = true; // Folders that were created in between may be unwatched: a new watcher is needed.
        else if (error is IOException)
        {
            // The watches of inotify are exhausted: each folder in a tree uses one.
            refused(error);
            WatchByPolling();
        }
        // Otherwise a folder inside cannot be read (lost+found), which has no plugins either, or the directory was deleted, which IsCurrent detects.
        _changed([]);
    }
}
