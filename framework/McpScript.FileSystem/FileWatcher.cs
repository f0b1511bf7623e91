using Microsoft.Extensions.Logging;

namespace McpScript.FileSystem;

/// <summary>
/// Watches the disk and reports that something may have changed. The paths are not reliable: scan again, and compare contents. For one consumer, which
/// loops: <see cref="WaitAsync"/>, scan, <see cref="Watch"/> what was found.
/// </summary>
sealed partial class FileWatcher : IAsyncDisposable
{
    readonly FileWatcherOptions _options;
    readonly TimeProvider _time;
    readonly ILogger<FileWatcher> _logger;
    readonly Func<string, FileSystemWatcher> _create;

    readonly Lock _gate = new();
    readonly FileChangeBuffer _pending;
    readonly CancellationTokenSource _closing = new();
    readonly Dictionary<string, WatchedDirectory> _watched = new(StringComparer.Ordinal);
    readonly Task _tending;
    HashSet<string> _roots = [], _files = [];
    volatile WatchPlan _plan = WatchPlan.For([], []);
    List<FileIdentity> _rootIdentities = [];
    long _lastTaken;
    bool _warned, _disposed;

    /// <summary>Creates a watcher that watches nothing yet.</summary>
    public FileWatcher(FileWatcherOptions options, TimeProvider time, ILogger<FileWatcher> logger)
        : this(options, time, logger, static path => new FileSystemWatcher(path))
    {
    }

    internal FileWatcher(FileWatcherOptions options, TimeProvider time, ILogger<FileWatcher> logger, Func<string, FileSystemWatcher> create)
    {
        (_options, _time, _logger, _create) = (options, time, logger, create);
        _pending = new(time);
        _lastTaken = _time.GetTimestamp();
        _tending = Task.Run(TendAsync);
    }

    /// <summary>
    /// Watches these paths and no others. A newly watched path raises a change, because earlier changes there were not detected.
    /// </summary>
    /// <param name="roots">Absolute paths of folders, watched with everything in them; a missing one is watched for its creation.</param>
    /// <param name="files">Absolute paths of further files; a missing one is watched for its creation. Files that are symbolic links should be among
    /// them.</param>
    public void Watch(IReadOnlyCollection<string> roots, IReadOnlyCollection<string> files)
    {
        lock (_gate)
        {
            // Most scans find nothing new, and the last wait has already created the plan.
            if (_roots.SetEquals(roots.Select(Absolute)) && _files.SetEquals(files.Select(Absolute)))
                return;
            _roots = [.. roots.Select(Absolute)];
            _files = [.. files.Select(Absolute)];
            if (Arm())
                _pending.Raise();
        }
    }

    /// <summary>Waits for the next change; returns at once if there was one since the last wait.</summary>
    /// <param name="atMost">Maximum time to wait after the pause between two changes; null for no limit.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the watcher was disposed.</exception>
    public async Task<FileChanges> WaitAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            // The pause first: it merges events that follow the last ones, and the first event after a silence is reported at once.
            await PauseAsync(ending.Token).ConfigureAwait(false);
            await _pending.Raised.WaitAsync(atMost ?? Timeout.InfiniteTimeSpan, _time, ending.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // No change within that time: return without one.
        }
        // Watch before the scan: a change during the scan ends the next wait.
        lock (_gate)
            Arm();
        _lastTaken = _time.GetTimestamp();
        return _pending.Take();
    }

    /// <summary>Raises a change from another source than a file.</summary>
    public void Raise() => _pending.Raise();

    /// <summary>Stops watching; a waiting consumer is cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }
        await _closing.CancelAsync().ConfigureAwait(false);
        await _tending.ConfigureAwait(false);
        lock (_gate)
        {
            foreach (var directory in _watched.Values)
                directory.Dispose();
            _watched.Clear();
        }
        // closing is not disposed: a loop that is about to wait must be cancelled by it, not fail on a disposed token.
    }

    async Task PauseAsync(CancellationToken cancellationToken)
    {
        var rest = _options.Pause - _time.GetElapsedTime(_lastTaken);
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, _time, cancellationToken).ConfigureAwait(false);
    }

    static string Absolute(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
