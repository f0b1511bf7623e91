using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>
/// Makes images of plugins from files that are not half-written: waits until changed files have come to rest, compiles ahead while it waits, checks the
/// files again afterwards, and reads a second time what is broken and still being written. The only place that knows of half-written files. Thread-safe.
/// </summary>
/// <param name="files">Hashes of files, shared with all that read plugins.</param>
/// <param name="time">The clock that file times are compared with.</param>
sealed class StableReader(FileHashCache files, TimeProvider time)
{
    // An editor is done at once. A build writes many files one after the other. A save in place begins by emptying the file, or cuts a YAML file to
    // something else that is valid: on a busy machine it takes a while until the text is there.
    static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan s_quietOfBuilds = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan s_quietOfCutFiles = TimeSpan.FromMilliseconds(250);

    // A save in place may pause that long between its writes on a busy machine. Only what is broken waits for it.
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    // File systems and clocks differ by up to two seconds.
    static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(3);

    readonly FileStability _stability = new(time);
    readonly ConcurrentDictionary<PluginLocation, Task<PluginImage?>> _begun = new();

    /// <summary>Whether a file's content is another now than when it was read, or it came or went.</summary>
    /// <param name="file">The file as it was read.</param>
    /// <param name="force">True to read it even if it looks unchanged.</param>
    public bool HasChanged(SourceFile file, bool force = false) => files.HasChanged(file, force);

    /// <summary>
    /// Begins to compile scripts in the background that are probably at rest already; <see cref="GetAsync"/> takes the result only if no file has changed
    /// since. Plugins that are built elsewhere are left out.
    /// </summary>
    public void Begin(FolderSnapshot snapshot, IEnumerable<PluginReference> plugins)
    {
        _begun.Clear();
        foreach (var location in plugins.Select(snapshot.Find).OfType<PluginLocation>().Where(location => !IsBuilt(location) && IsSource(location.Path)))
            _begun[location] = Task.Run(() => TryGetAsync(snapshot, location.Reference));
    }

    /// <summary>Waits until the files of a change have come to rest.</summary>
    /// <param name="changed">The changed files.</param>
    /// <param name="locations">Locations of the plugins that are about to be loaded.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>True if it waited for a build, or for the text of an empty file: scan again, the disk may look different now.</returns>
    public async Task<bool> WaitAsync(IReadOnlySet<string> changed, IReadOnlyList<PluginLocation> locations, CancellationToken cancellationToken)
    {
        // All of a build counts, also what did not change: the next file to change is one of those.
        List<string> built = [.. changed.Where(path => !IsSource(path)), .. locations.Where(IsBuilt).Select(TargetOf)];
        var moving = built.Where(path => changed.Contains(path) || !_stability.IsAtRest(path, s_quietOfBuilds)).Distinct(StringComparer.Ordinal).ToList();
        await _stability.WaitAsync([.. changed.Where(IsSource)], s_quiet, cancellationToken);
        var empty = changed.Concat(locations.Select(location => location.Path)).Where(path => IsEmpty(path) && !_stability.IsAtRest(path, s_quietOfCutFiles))
            .Distinct(StringComparer.Ordinal).ToList();
        await _stability.WaitAsync(empty, s_quietOfCutFiles, cancellationToken);
        await _stability.WaitAsync(moving, s_quietOfBuilds, cancellationToken);
        return empty.Count + moving.Count > 0;
    }

    /// <summary>Returns a configuration file as it is once it has come to rest.</summary>
    /// <param name="file">The file as it was read last.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The same file if its content has not changed.</returns>
    public async Task<SourceFile> ReadAsync(SourceFile file, CancellationToken cancellationToken)
    {
        if (!files.HasChanged(file))
            return file;
        await _stability.WaitAsync([file.Path], s_quietOfCutFiles, cancellationToken);
        return files.Read(file.Path);
    }

    /// <summary>Makes the image of a plugin.</summary>
    /// <param name="snapshot">The scan that found the plugin.</param>
    /// <param name="reference">The plugin.</param>
    /// <param name="mayBeHalfWritten">True for a change that was seen on the disk: if it is broken and was written a moment ago, it is read once more.</param>
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
            await Task.Delay(s_pause, time, cancellationToken);
            if (!HasChanged(e.Files))
                throw;
        }
        // Once: a file that is written all the time is never at rest, and its next change raises the next event.
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
            // It does not compile, or did not when it was half-written: compiled once more, it says so itself.
            return null;
        }
    }

    bool HasChanged(ImmutableArray<SourceFile> read) => read.Any(file => files.HasChanged(file));

    bool IsFresh(SourceFile file) => file.Hash is not null && (time.GetUtcNow() - File.GetLastWriteTimeUtc(file.Path)).Duration() < s_fresh;

    static bool IsEmpty(string path) => FileStat.Of(path) is { Kind: FileKind.File, Size: 0 };

    static bool IsBuilt(PluginLocation location) => location.Kind is PluginKinds.Dll or PluginKinds.DllFolder;

    static string TargetOf(PluginLocation location) => location.Kind == PluginKinds.DllFolder ? Path.GetDirectoryName(location.Path)! : location.Path;

    // Files that a person writes; all others that a plugin is made of come out of a build.
    static bool IsSource(string path) => Path.GetExtension(path).ToLowerInvariant() is ".csx" or ".cs" or ".yaml" or ".yml";
}
