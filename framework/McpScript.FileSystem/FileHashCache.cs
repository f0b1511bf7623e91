using System.Security.Cryptography;

namespace McpScript.FileSystem;

/// <summary>
/// What files contain, as hashes that are read anew only when a file may have changed: a thousand unchanged files cost a thousand stats and no read.
/// </summary>
sealed class FileHashCache
{
    // File systems take their times from the kernel's tick (4 ms on ext4), so a write in the tick of the reading before leaves the same stamp.
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    // FAT counts in 2 seconds, some servers in whole ones. A time without a fraction is taken as a sign of that.
    static readonly TimeSpan CoarseTick = TimeSpan.FromMilliseconds(2100);

    static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(2);

    readonly TimeProvider time;
    readonly Func<string, FileStat> stampOf;
    readonly Func<string, Stream> open;
    readonly Lock gate = new();
    readonly Dictionary<string, (FileStat Stamp, string Hash)> known = new(StringComparer.Ordinal);

    /// <summary>Nothing read yet.</summary>
    public FileHashCache(TimeProvider time)
        : this(time, FileStat.Of, Open)
    {
    }

    internal FileHashCache(TimeProvider time, Func<string, FileStat> stampOf, Func<string, Stream> open) => (this.time, this.stampOf, this.open) = (time, stampOf, open);

    /// <summary>
    /// The file as it is on disk now, symbolic links followed. A missing file has no hash; one that cannot be read has <see cref="SourceFile.NotReadable"/>.
    /// </summary>
    /// <param name="path">Absolute.</param>
    /// <param name="force">Reads it even if it looks unchanged.</param>
    public SourceFile Read(string path, bool force = false)
    {
        if (SourceListing.IsListing(path))
            return SourceListing.Read(path);
        var stamp = stampOf(path);
        if (stamp.Kind != FileKind.File)
            return Forget(stamp.Kind == FileKind.Missing ? SourceFile.Missing(path) : SourceFile.Unreadable(path));
        lock (gate)
        {
            if (!force && known.TryGetValue(path, out var reading) && reading.Stamp == stamp)
                return new SourceFile(path, reading.Hash);
        }
        return Hash(path, stamp);
    }

    /// <summary>Whether the file's content is another now, or it came or went. A touched file has not changed.</summary>
    public bool HasChanged(SourceFile file, bool force = false) => Read(file.Path, force).Hash != file.Hash;

    /// <summary>
    /// Waits until none of the paths has changed for a while, so that no half-written file is read. A folder is settled when all in it is.
    /// </summary>
    /// <param name="paths">Absolute paths of files or folders, only the changed ones; a missing one is settled as missing.</param>
    /// <param name="quiet">How long they must be unchanged: 10 ms for scripts, 250 ms for folders of DLLs.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False if they were still changing after two seconds: go on anyway, the next change is the next hint.</returns>
    public async Task<bool> SettleAsync(IReadOnlyCollection<string> paths, TimeSpan quiet, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        var unsettled = paths.ToDictionary(path => path, DirectorySnapshot.OfTarget, StringComparer.Ordinal);
        while (unsettled.Count > 0)
        {
            if (time.GetElapsedTime(begin) >= LongestSettling)
                return false;
            await Task.Delay(quiet, time, cancellationToken).ConfigureAwait(false);
            foreach (var (path, before) in unsettled.ToList())
            {
                var now = DirectorySnapshot.OfTarget(path);
                if (before.ChangesTo(now).Count == 0)
                    unsettled.Remove(path);
                else
                    unsettled[path] = now;
            }
        }
        return true;
    }

    /// <summary>Whether nothing of a file or folder has changed for that long, by the file system's own times. A missing one rests.</summary>
    public bool HasRested(string path, TimeSpan quiet)
    {
        var age = time.GetUtcNow().UtcTicks - DirectorySnapshot.OfTarget(path).NewestChange;
        // A time in the future, from a clock that is wrong, says nothing.
        return age > quiet.Ticks;
    }

    SourceFile Hash(string path, FileStat stamp)
    {
        try
        {
            var begin = time.GetUtcNow();
            using var content = open(path);
            var hash = Convert.ToHexStringLower(SHA256.HashData(content));
            var isTrusted = stampOf(path) == stamp && IsOlderThanATick(stamp, begin);
            lock (gate)
            {
                if (isTrusted)
                    known[path] = (stamp, hash);
                else
                    known.Remove(path);
            }
            return new SourceFile(path, hash);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted since.
            return Forget(SourceFile.Missing(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No permission: both its repair and its removal are changes.
            return Forget(SourceFile.Unreadable(path));
        }
    }

    SourceFile Forget(SourceFile file)
    {
        lock (gate)
            known.Remove(file.Path);
        return file;
    }

    // The same rule by which git distrusts its index: https://git-scm.com/docs/racy-git. A time in the future (a skewed clock) is never trusted.
    static bool IsOlderThanATick(FileStat stamp, DateTimeOffset now) =>
        now.UtcTicks - stamp.Changed > (stamp.Changed % TimeSpan.TicksPerSecond == 0 ? CoarseTick : Tick).Ticks;

    static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
