using Microsoft.Extensions.Logging;

namespace McpScript.FileSystem;

// Updates the watched directories from the plan, and the plan from the disk.
sealed partial class FileWatcher
{
    /// <summary>Creates a new plan and watches it. True if a directory is watched that was not watched before. Called under the lock.</summary>
    bool Arm()
    {
        if (_disposed)
            return false;
        _rootIdentities = IdentitiesOfRoots();
        _plan = WatchPlan.For(_roots, _files);
        foreach (var old in _watched.Values.Where(directory => !IsPlanned(directory) || !directory.IsCurrent).ToList())
        {
            old.Dispose();
            _watched.Remove(old.Path);
        }
        var more = false;
        foreach (var tree in _plan.Trees)
            more |= Arm(tree, null);
        foreach (var (directory, names) in _plan.Names)
            more |= Arm(directory, names);
        return more;
    }

    bool IsPlanned(WatchedDirectory directory) => directory.IsTree ? _plan.Trees.Contains(directory.Path) : _plan.Names.ContainsKey(directory.Path);

    bool Arm(string path, HashSet<string>? names)
    {
        if (_watched.TryGetValue(path, out var same))
            return names is not null && same.WatchNames(names);
        var directory = new WatchedDirectory(path, names, paths => _pending.Raise(paths.SelectMany(_plan.RequestedPaths)));
        if (_options.AlwaysPoll || _watched.Values.Count(other => other.UsesEvents) >= _options.MaxWatchers)
            directory.WatchByPolling();
        else
            directory.WatchEvents(_create, error => Refused(path, error));
        _watched[path] = directory;
        return true;
    }

    void Refused(string path, Exception error)
    {
        if (!Interlocked.Exchange(ref _warned, true))
            EventsRefused(path, error.Message, _options.PollInterval.TotalMilliseconds);
    }

    async Task TendAsync()
    {
        var lastRescan = _time.GetTimestamp();
        var delay = _options.PollInterval;
        while (true)
        {
            try
            {
                // Randomized, so that not all proxies on one file server poll at the same time.
                await Task.Delay(delay * (0.9 + 0.2 * Random.Shared.NextDouble()), _time, _closing.Token).ConfigureAwait(false);
                var begin = _time.GetTimestamp();
                Tend();
                // A tree that takes long to compare is compared less often, so that polling uses at most a tenth of a core.
                delay = TimeSpan.FromTicks(Math.Max(_options.PollInterval.Ticks, _time.GetElapsedTime(begin).Ticks * 10));
                if (_options.RescanInterval > TimeSpan.Zero && _time.GetElapsedTime(lastRescan) >= _options.RescanInterval)
                {
                    lastRescan = _time.GetTimestamp();
                    _pending.Raise();
                }
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // No exception is expected, because those of the disk are caught where they occur. Watching must not end silently.
                ScanFailed(e);
            }
        }
    }

    /// <summary>Detects what raises no event: replaced directories, and all changes where there are no events.</summary>
    void Tend()
    {
        lock (_gate)
        {
            if (_watched.Values.Any(directory => !directory.IsCurrent) || !IdentitiesOfRoots().SequenceEqual(_rootIdentities))
            {
                Arm();
                _pending.Raise();
            }
            foreach (var directory in _watched.Values)
                directory.Poll();
        }
    }

    // By the requested path, so that a changed link or mount above it is detected too.
    List<FileIdentity> IdentitiesOfRoots() => [.. _roots.Select(root => FileStat.Of(root).Identity)];

    [LoggerMessage(Level = LogLevel.Warning, Message = "The system gives no change events for '{Directory}': {Reason} "
        + "It is compared every {Milliseconds} ms instead, and so is any other folder that is refused. "
        + "Where the reason is a limit of inotify, raise it and restart: sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288.")]
    partial void EventsRefused(string directory, string reason, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Scanning for changed files failed; it is tried again.")]
    partial void ScanFailed(Exception error);
}
