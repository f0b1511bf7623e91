using Microsoft.Extensions.Logging;

namespace McpScript.FileSystem;

/// <summary>
/// Turns the disk into hints that something may have changed. A hint is never the truth: look again, compare contents. For one consumer, which
/// loops: <see cref="WaitAsync"/>, look, <see cref="Watch"/> what was found.
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

    /// <summary>Watches nothing yet.</summary>
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
    /// Watches these and no others. A place that was not watched before is a hint: whatever happened there until now went unseen.
    /// </summary>
    /// <param name="roots">Absolute paths of folders, watched with all that is in them; missing ones are waited for.</param>
    /// <param name="files">Absolute paths of files that matter, wherever they are; missing ones are waited for. Those that are symbolic links should be
    /// among them.</param>
    public void Watch(IReadOnlyCollection<string> roots, IReadOnlyCollection<string> files)
    {
        lock (gate)
        {
            // Most looks find nothing new, and the wait before this one has planned already.
            if (this.roots.SetEquals(roots.Select(Absolute)) && this.files.SetEquals(files.Select(Absolute)))
                return;
            this.roots = [.. roots.Select(Absolute)];
            this.files = [.. files.Select(Absolute)];
            if (Arm())
                pending.Raise();
        }
    }

    /// <summary>Waits for the next hint; returns at once if there was one since the last.</summary>
    /// <param name="atMost">Returns after this time in any case; null waits for a hint.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">Cancelled, or disposed.</exception>
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
            // Nothing happened in that time; the caller asked to be woken all the same.
        }
        // Watched first, looked at after: what changes while the consumer looks is the next hint.
        lock (gate)
            Arm();
        lastTaken = time.GetTimestamp();
        return pending.Take();
    }

    /// <summary>A hint from elsewhere: something other than a file changed what the consumer looks at.</summary>
    public void Raise() => pending.Raise();

    /// <summary>Watches nothing any more; a waiting consumer is cancelled.</summary>
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
        // closing is left alone: a loop that is just coming round should be cancelled by it, not meet a disposed token.
    }

    async Task PauseAsync(CancellationToken cancellationToken)
    {
        var rest = options.Pause - time.GetElapsedTime(lastTaken);
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, time, cancellationToken).ConfigureAwait(false);
    }

    static string Absolute(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
