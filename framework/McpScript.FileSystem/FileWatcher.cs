using Microsoft.Extensions.Logging;

namespace McpScript.FileSystem;

/// <summary>
/// Watches the disk and reports that something may have changed. The paths are not reliable: scan again, and compare contents. For one consumer, which
/// loops: <see cref="WaitAsync"/>, scan, <see cref="Watch"/> what was found.
/// </summary>
sealed partial class FileWatcher : IAsyncDisposable
{
    readonly FileWatcherOptions options;
    readonly TimeProvider time;
    readonly ILogger<FileWatcher> logger;
    readonly Func<string, FileSystemWatcher> create;

    readonly Lock gate = new();
    readonly FileChangeBuffer pending;
    readonly CancellationTokenSource closing = new();
    readonly Dictionary<string, WatchedDirectory> watched = new(StringComparer.Ordinal);
    readonly Task tending;
    HashSet<string> roots = [], files = [];
    volatile WatchPlan plan = WatchPlan.For([], []);
    List<FileIdentity> rootIdentities = [];
    long lastTaken;
    bool warned, disposed;

    /// <summary>Creates a watcher that watches nothing yet.</summary>
    public FileWatcher(FileWatcherOptions options, TimeProvider time, ILogger<FileWatcher> logger)
        : this(options, time, logger, static path => new FileSystemWatcher(path))
    {
    }

    internal FileWatcher(FileWatcherOptions options, TimeProvider time, ILogger<FileWatcher> logger, Func<string, FileSystemWatcher> create)
    {
        (this.options, this.time, this.logger, this.create) = (options, time, logger, create);
        pending = new(time);
        lastTaken = time.GetTimestamp();
        tending = Task.Run(TendAsync);
    }

    /// <summary>
    /// Watches these paths and no others. A newly watched path raises a change, because earlier changes there were not detected.
    /// </summary>
    /// <param name="roots">Absolute paths of folders, watched with everything in them; a missing one is watched for its creation.</param>
    /// <param name="files">Absolute paths of further files; a missing one is watched for its creation. Files that are symbolic links should be among
    /// them.</param>
    public void Watch(IReadOnlyCollection<string> roots, IReadOnlyCollection<string> files)
    {
        lock (gate)
        {
            // Most scans find nothing new, and the last wait has already created the plan.
            if (this.roots.SetEquals(roots.Select(Absolute)) && this.files.SetEquals(files.Select(Absolute)))
                return;
            this.roots = [.. roots.Select(Absolute)];
            this.files = [.. files.Select(Absolute)];
            if (Arm())
                pending.Raise();
        }
    }

    /// <summary>Waits for the next change; returns at once if there was one since the last wait.</summary>
    /// <param name="atMost">Maximum time to wait; null for no limit.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the watcher was disposed.</exception>
    public async Task<FileChanges> WaitAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        try
        {
            await pending.Raised.WaitAsync(atMost ?? Timeout.InfiniteTimeSpan, time, ending.Token).ConfigureAwait(false);
            await PauseAsync(ending.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // No change within that time: return without one.
        }
        // Watch before the scan: a change during the scan ends the next wait.
        lock (gate)
            Arm();
        lastTaken = time.GetTimestamp();
        return pending.Take();
    }

    /// <summary>Raises a change from another source than a file.</summary>
    public void Raise() => pending.Raise();

    /// <summary>Stops watching; a waiting consumer is cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (disposed)
                return;
            disposed = true;
        }
        await closing.CancelAsync().ConfigureAwait(false);
        await tending.ConfigureAwait(false);
        lock (gate)
        {
            foreach (var directory in watched.Values)
                directory.Dispose();
            watched.Clear();
        }
        // closing is not disposed: a loop that is about to wait must be cancelled by it, not fail on a disposed token.
    }

    async Task PauseAsync(CancellationToken cancellationToken)
    {
        var rest = options.Pause - time.GetElapsedTime(lastTaken);
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, time, cancellationToken).ConfigureAwait(false);
    }

    static string Absolute(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
