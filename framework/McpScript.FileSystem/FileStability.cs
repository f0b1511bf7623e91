namespace McpScript.FileSystem;

/// <summary>Waits until files have come to rest, so that no half-written file is read.</summary>
/// <param name="time">The clock that file times are compared with.</param>
sealed class FileStability(TimeProvider time)
{
    static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    /// <summary>Waits until none of the paths has changed for a while. A folder has come to rest when everything in it has.</summary>
    /// <param name="paths">Absolute paths of files or folders; a missing one is at rest.</param>
    /// <param name="quiet">Time without a change that counts as rest.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False if they were still changing after two seconds: continue anyway, the next change raises the next event.</returns>
    public async Task<bool> WaitAsync(IReadOnlyCollection<string> paths, TimeSpan quiet, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        var changing = paths.ToDictionary(path => path, DirectorySnapshot.OfTarget, StringComparer.Ordinal);
        while (changing.Count > 0)
        {
            if (time.GetElapsedTime(begin) >= s_longest)
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

    /// <summary>Whether nothing of a file or folder has changed for that long, by the file system's own times. A missing one is at rest.</summary>
    public bool IsAtRest(string path, TimeSpan quiet)
    {
        var age = time.GetUtcNow().UtcTicks - DirectorySnapshot.OfTarget(path).NewestChange;
        // A time in the future, from a clock that is wrong, says nothing.
        return age > quiet.Ticks;
    }
}
