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

    // File systems and clocks differ by up to two seconds.
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    readonly FileStability _stability = new(time);
    readonly ConcurrentDictionary<PluginLocation, Task<PluginImage?>> _begun = new();

    /// <summary>True if a file's content differs from what was read, or the file was created or deleted since.</summary>
    /// <param name="file">The file as it was read.</param>
    /// <param name="force">True to read the file even if it looks unchanged.</param>
    public bool HasChanged(SourceFile file, bool force = false) => files.HasChanged(file, force);

    /// <summary>
    /// Begins to compile scripts in the background that are probably stable already; <see cref="GetAsync"/> uses the result only if no file has changed
    /// since. Plugins that are built elsewhere are left out.
    /// </summary>
    public void Begin(FolderSnapshot snapshot, IEnumerable<PluginReference> plugins)
    {
        _begun.Clear();
        foreach (var location in plugins.Select(snapshot.Find).OfType<PluginLocation>().Where(location => !IsBuilt(location) && IsSource(location.Path)))
            _begun[location] = TryGetAsync(snapshot, location.Reference);
    }

    /// <summary>Waits until the files of a change are stable.</summary>
    /// <param name="changed">The changed files.</param>
    /// <param name="locations">Locations of the plugins that are about to be loaded.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>True if it waited for a build, or for the text of an empty file: scan again, because the disk may have changed.</returns>
    public async Task<bool> WaitAsync(IReadOnlySet<string> changed, IReadOnlyList<PluginLocation> locations, CancellationToken cancellationToken)
    {
        // Unchanged files of a build count too: one of them may be written next.
        List<string> built = [.. changed.Where(path => !IsSource(path)), .. locations.Where(IsBuilt).Select(TargetOf)];
        var moving = built.Where(path => changed.Contains(path) || !_stability.IsAtRest(path, QuietOfBuilds)).Distinct(StringComparer.Ordinal).ToList();
        await _stability.WaitAsync([.. changed.Where(IsSource)], Quiet, cancellationToken);
        var empty = changed.Concat(locations.Select(location => location.Path)).Where(path => IsEmpty(path) && !_stability.IsAtRest(path, QuietOfEmptyFiles))
            .Distinct(StringComparer.Ordinal).ToList();
        await _stability.WaitAsync(empty, QuietOfEmptyFiles, cancellationToken);
        await _stability.WaitAsync(moving, QuietOfBuilds, cancellationToken);
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
        await _stability.WaitAsync([file.Path], QuietOfEmptyFiles, cancellationToken);
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
