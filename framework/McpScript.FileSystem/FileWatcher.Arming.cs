using Microsoft.Extensions.Logging;

namespace McpScript.FileSystem;

// Keeps the watched directories what the plan says, and the plan what the disk says.
sealed partial class FileWatcher
{
    /// <summary>Makes a new plan and watches what it says. True if a place is watched that was not before. Called under the lock.</summary>
    bool Arm()
    {
        if (disposed)
            return false;
        rootIdentities = IdentitiesOfRoots();
        plan = WatchPlan.For(roots, files);
        foreach (var old in watched.Values.Where(directory => !IsPlanned(directory) || !directory.IsCurrent).ToList())
        {
            old.Dispose();
            watched.Remove(old.Path);
        }
        var more = false;
        foreach (var tree in plan.Trees)
            more |= Arm(tree, null);
        foreach (var (directory, names) in plan.Names)
            more |= Arm(directory, names);
        return more;
    }

    bool IsPlanned(WatchedDirectory directory) => directory.IsTree ? plan.Trees.Contains(directory.Path) : plan.Names.ContainsKey(directory.Path);

    bool Arm(string path, HashSet<string>? names)
    {
        if (watched.TryGetValue(path, out var same))
            return names is not null && same.WatchNames(names);
        var directory = new WatchedDirectory(path, names, paths => pending.Raise(paths.SelectMany(plan.AskedAs)));
        if (options.AlwaysPoll || watched.Values.Count(other => other.UsesEvents) >= options.MaxWatchers)
            directory.WatchByPolling();
        else
            directory.WatchEvents(create, error => Refused(path, error));
        watched[path] = directory;
        return true;
    }

    void Refused(string path, Exception error)
    {
        if (!Interlocked.Exchange(ref warned, true))
            EventsRefused(path, error.Message, options.PollInterval.TotalMilliseconds);
    }

    async Task TendAsync()
    {
        var lastRescan = time.GetTimestamp();
        var delay = options.PollInterval;
        while (true)
        {
            try
            {
                // Not all proxies on one file server at the same moment.
                await Task.Delay(delay * (0.9 + 0.2 * Random.Shared.NextDouble()), time, closing.Token).ConfigureAwait(false);
                var begin = time.GetTimestamp();
                Tend();
                // A tree so large that a look takes long is looked at less often: at most a tenth of a core goes into it.
                delay = TimeSpan.FromTicks(Math.Max(options.PollInterval.Ticks, time.GetElapsedTime(begin).Ticks * 10));
                if (options.RescanInterval > TimeSpan.Zero && time.GetElapsedTime(lastRescan) >= options.RescanInterval)
                {
                    lastRescan = time.GetTimestamp();
                    pending.Raise();
                }
            }
            catch (OperationCanceledException) when (closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // None is expected: what the disk can do is caught where it happens. But watching must not end in silence.
                LookFailed(e);
            }
        }
    }

    /// <summary>What no event tells: directories that are other ones by now, and all changes where there are no events.</summary>
    void Tend()
    {
        lock (gate)
        {
            if (watched.Values.Any(directory => !directory.IsCurrent) || !IdentitiesOfRoots().SequenceEqual(rootIdentities))
            {
                Arm();
                pending.Raise();
            }
            foreach (var directory in watched.Values)
                directory.Poll();
        }
    }

    // By the path that was asked for: a link or mount anywhere above is seen, too.
    List<FileIdentity> IdentitiesOfRoots() => [.. roots.Select(root => FileStat.Of(root).Identity)];

    [LoggerMessage(Level = LogLevel.Warning, Message = "The system gives no change events for '{Directory}': {Reason} "
        + "It is compared every {Milliseconds} ms instead, and so is any other folder that is refused. "
        + "Where the reason is a limit of inotify, raise it and restart: sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288.")]
    partial void EventsRefused(string directory, string reason, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for changed files failed; it is tried again.")]
    partial void LookFailed(Exception error);
}
