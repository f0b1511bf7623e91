using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>
/// Creates images of plugins from completely written files: waits until changed files are stable, compiles ahead while it waits, checks the files again
/// afterwards, and reads a broken file that is still being written once more. The only type that handles half-written files. Thread-safe.
/// </summary>
/// <param name="files">Hashes of files, shared with all readers of plugins.</param>
/// <param name="time">The clock that file times are compared with.</param>
sealed class StableReader(FileHashCache files, TimeProvider time)
{
    // Editors write at once. A build writes many files one after the other. A save in place first empties the file, or truncates a YAML file to different but
    // valid content; on a busy machine it takes a while until the text is complete.
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan QuietOfBuilds = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan QuietOfEmptyFiles = TimeSpan.FromMilliseconds(250);

    // A save in place may pause this long between its writes on a busy machine. Only broken files are waited for.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // A file that still changes is read all the same: its next change raises another event.
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // More files than a person saves at once mean a checkout or a start: then all plugins are compiled together once the files are stable.
    const int MostBegun = 4;

    // File systems and clocks differ by up to two seconds.
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    readonly ConcurrentDictionary<PluginLocation, Task<PluginImage?>> _begun = new();

    /// <summary>True if a file's content differs from what was read, or the file was created or deleted since.</summary>
    /// <param name="file">The file as it was read.</param>
    /// <param name="force">True to read the file even if it looks unchanged.</param>
    public bool HasChanged(SourceFile file, bool force = false) => files.HasChanged(file, force);

    /// <summary>
    /// Waits until the files of a change are stable, and begins to compile scripts meanwhile, which are probably stable already; <see cref="GetAsync"/> uses
    /// an image only if no file has changed since. Plugins that are built elsewhere are not begun.
    /// </summary>
    /// <param name="snapshot">The scan that found the plugins.</param>
    /// <param name="plugins">The plugins that are about to be loaded.</param>
    /// <param name="changed">The changed files.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>True if it waited for a build, or for the text of an empty file: scan again, because the disk may have changed.</returns>
    public async Task<bool> SettleAsync(
        FolderSnapshot snapshot, IEnumerable<PluginReference> plugins, IReadOnlySet<string> changed, CancellationToken cancellationToken)
    {
        List<PluginLocation> locations = [.. plugins.Select(snapshot.Find).OfType<PluginLocation>()];
        _begun.Clear();
        if (locations.Count <= MostBegun)
            foreach (var location in locations.Where(location => !IsBuilt(location) && IsSource(location.Path)))
                _begun[location] = TryGetAsync(snapshot, location.Reference);
        // Unchanged files of a build count too: one of them may be written next.
        List<string> built = [.. changed.Where(path => !IsSource(path)), .. locations.Where(IsBuilt).Select(TargetOf)];
        var moving = built.Where(path => changed.Contains(path) || !IsAtRest(path, QuietOfBuilds)).Distinct(StringComparer.Ordinal).ToList();
        await RestAsync([.. changed.Where(IsSource)], Quiet, cancellationToken);
        var empty = changed.Concat(locations.Select(location => location.Path)).Where(path => IsEmpty(path) && !IsAtRest(path, QuietOfEmptyFiles))
            .Distinct(StringComparer.Ordinal).ToList();
        await RestAsync(empty, QuietOfEmptyFiles, cancellationToken);
        await RestAsync(moving, QuietOfBuilds, cancellationToken);
        return empty.Count + moving.Count > 0;
    }

    /// <summary>Reads a configuration file once it is stable.</summary>
    /// <param name="file">The file as it was read last.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The same file if its content has not changed.</returns>
    public async Task<SourceFile> ReadAsync(SourceFile file, CancellationToken cancellationToken)
    {
        if (!files.HasChanged(file))
            return file;
        await RestAsync([file.Path], QuietOfEmptyFiles, cancellationToken);
        return files.Read(file.Path);
    }

    /// <summary>Creates the image of a plugin.</summary>
    /// <param name="snapshot">The scan that found the plugin.</param>
    /// <param name="reference">The plugin.</param>
    /// <param name="mayBeHalfWritten">True for a change that was found on disk: if it is broken and was written in the last 3 s, it is read once more.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="PluginLoadException">There was no such plugin, or it does not compile.</exception>
    public async ValueTask<PluginImage> GetAsync(FolderSnapshot snapshot, PluginReference reference, bool mayBeHalfWritten, CancellationToken cancellationToken)
    {
        if (await TakeBegunAsync(snapshot.Find(reference), cancellationToken) is { } begun && !HasChanged(begun.Files))
            return begun;
        try
        {
            var image = await snapshot.GetAsync(reference, cancellationToken);
            if (!HasChanged(image.Files))
                return image;
        }
        catch (PluginLoadException e) when (mayBeHalfWritten && e.Files.Any(IsFresh))
        {
            await Task.Delay(Pause, time, cancellationToken);
            if (!HasChanged(e.Files))
                throw;
        }
        // Only once: a file that is written continuously is never stable, and its next change raises another event.
        return await snapshot.GetAsync(reference, cancellationToken);
    }

    /// <summary>Waits until none of the paths has changed for a while. A folder is stable when everything in it is.</summary>
    /// <param name="paths">Absolute paths of files or folders; a missing one is stable.</param>
    /// <param name="quiet">Time without a change that counts as stable.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False if they still change after two seconds.</returns>
    internal async Task<bool> RestAsync(IReadOnlyCollection<string> paths, TimeSpan quiet, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        var changing = paths.ToDictionary(path => path, DirectorySnapshot.OfTarget, StringComparer.Ordinal);
        while (changing.Count > 0)
        {
            if (time.GetElapsedTime(begin) >= LongestWait)
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
    internal bool IsAtRest(string path, TimeSpan quiet)
    {
        var age = time.GetUtcNow().UtcTicks - DirectorySnapshot.OfTarget(path).NewestChange;
        // A time in the future, from a wrong clock, gives a negative age: not stable.
        return age > quiet.Ticks;
    }

    async Task<PluginImage?> TakeBegunAsync(PluginLocation? location, CancellationToken cancellationToken) =>
        location is not null && _begun.TryRemove(location, out var begun) ? await begun.WaitAsync(cancellationToken) : null;

    static async Task<PluginImage?> TryGetAsync(FolderSnapshot snapshot, PluginReference reference)
    {
        try
        {
            return await snapshot.GetAsync(reference, CancellationToken.None);
        }
        catch (Exception)
        {
            // Broken or half-written: GetAsync compiles it again and reports the problem.
            return null;
        }
    }

    bool HasChanged(ImmutableArray<SourceFile> read) => read.Any(file => files.HasChanged(file));

    bool IsFresh(SourceFile file) => file.Hash is not null && (time.GetUtcNow() - File.GetLastWriteTimeUtc(file.Path)).Duration() < Fresh;

    static bool IsEmpty(string path) => FileStat.Of(path) is { Kind: FileKind.File, Size: 0 };

    static bool IsBuilt(PluginLocation location) => location.Kind is PluginKinds.Dll or PluginKinds.DllFolder;

    static string TargetOf(PluginLocation location) => location.Kind == PluginKinds.DllFolder ? Path.GetDirectoryName(location.Path)! : location.Path;

    // Files that a person writes; all other files of a plugin come from a build.
    static bool IsSource(string path) => Path.GetExtension(path).ToLowerInvariant() is ".csx" or ".cs" or ".yaml" or ".yml";
}
