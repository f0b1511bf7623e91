namespace McpScript.FileSystem;

/// <summary>Waits until files are stable, so that no half-written file is read.</summary>
/// <param name="time">The clock that file times are compared with.</param>
sealed class FileStability(TimeProvider time)
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Waits until none of the paths has changed for a while. A folder is stable when everything in it is.</summary>
    /// <param name="paths">Absolute paths of files or folders; a missing one is stable.</param>
    /// <param name="quiet">Time without a change that counts as stable.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False if they still change after two seconds: continue in any case, because the next change raises another event.</returns>
    public async Task<bool> WaitAsync(IReadOnlyCollection<string> paths, TimeSpan quiet, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        var changing = paths.ToDictionary(path => path, DirectorySnapshot.OfTarget, StringComparer.Ordinal);
        while (changing.Count > 0)
        {
            if (time.GetElapsedTime(begin) >= Longest)
                return false;
            await Task.Delay(quiet, time, cancellationToken);
            foreach (var (path, before) in changing.ToList())
            {
                var now = DirectorySnapshot.OfTarget(path);
                if (before.ChangesTo(now).Count == 0)
                    changing.Remove(path);
                else
                    changing[path] = now;
            }
        }
        return true;
    }

    /// <summary>True if no part of a file or folder has changed for that long, by the file system's times. A missing one is stable.</summary>
    public bool IsAtRest(string path, TimeSpan quiet)
    {
        var age = time.GetUtcNow().UtcTicks - DirectorySnapshot.OfTarget(path).NewestChange;
        // A time in the future, from a wrong clock, gives a negative age: not stable.
        return age > quiet.Ticks;
    }
}
