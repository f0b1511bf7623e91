using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Sources;

namespace McpScript.Registry;

/// <summary>Gets images, and does not believe at once that what was saved a moment ago is broken: it may have been read in the middle of the save.</summary>
sealed class SecondReading(PluginSources sources, TimeProvider time)
{
    // A save in place may pause that long between its writes on a busy machine. Only what is broken waits for it.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // File systems and clocks differ by up to two seconds.
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    /// <summary>The image of a plugin; read once more if its files change while the first reading is found to be broken.</summary>
    /// <param name="change">The wish.</param>
    /// <param name="places">Where plugins were found just now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<PluginImage> GetAsync(PluginChange change, PluginPlaces places, CancellationToken cancellationToken)
    {
        try
        {
            return await places.GetAsync(change.Reference, cancellationToken);
        }
        // Who reloads by hand has saved before.
        catch (PluginLoadException e) when (change.Kind == PluginChangeKind.Refresh && e.Files.Any(IsFresh))
        {
            await Task.Delay(Pause, time, cancellationToken);
            if (!e.Files.Any(HasChanged))
                throw;
            return await sources.Look().GetAsync(change.Reference, cancellationToken);
        }
    }

    bool IsFresh(SourceFile file) => file.Hash is not null && (time.GetUtcNow() - File.GetLastWriteTimeUtc(file.Path)).Duration() < Fresh;

    static bool HasChanged(SourceFile file) => SourceFile.Read(file.Path) != file;
}
