using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Reconcile;

/// <summary>What has to come to rest before a change set is carried out: an editor is done at once, a build writes many files one after the other.</summary>
/// <param name="changed">The files that changed.</param>
/// <param name="places">Where the plugins of the change set are.</param>
/// <param name="gone">The plugins that are believed deleted.</param>
sealed class Settling(IReadOnlySet<string> changed, IReadOnlyList<PluginLocation> places, IReadOnlyCollection<PluginReference> gone)
{
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan QuietOfBuilds = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan QuietOfEmpty = TimeSpan.FromMilliseconds(250);

    /// <summary>The plugins that are believed deleted.</summary>
    public IReadOnlyCollection<PluginReference> Gone => gone;

    /// <summary>When the last of the changed files was written; null if there is none, or it is gone.</summary>
    public DateTimeOffset? Written => changed.Select(FileStat.Of).Where(stamp => stamp.Kind == FileKind.File).Select(stamp => stamp.Changed).DefaultIfEmpty().Max() is > 0 and var ticks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : null;

    /// <summary>Whether a plugin was found at this look, and is not among those that are offered by now.</summary>
    public bool HasVanished(PluginReference reference, IReadOnlySet<PluginReference> offered) => !offered.Contains(reference) && places.Any(place => place.Reference.Equals(reference));

    /// <summary>Waits. True if it waited for a build: then the disk may look different now.</summary>
    public async Task<bool> WaitAsync(FileHashCache readings, CancellationToken cancellationToken)
    {
        // Asked for all of a build, also for what did not change: the next file to change is one of those.
        List<string> built = [.. changed.Where(IsBuilt), .. places.Where(IsBuilt).Select(TargetOf)];
        var moving = built.Where(path => changed.Contains(path) || !readings.HasRested(path, QuietOfBuilds)).Distinct(StringComparer.Ordinal).ToList();
        await readings.SettleAsync([.. changed.Where(path => !IsBuilt(path))], Quiet, cancellationToken);
        // A save in place begins by emptying the file, and nobody means an empty script: on a busy machine it takes a moment until the text is there.
        var empty = changed.Concat(places.Select(place => place.Path)).Where(path => IsEmpty(path) && !readings.HasRested(path, QuietOfEmpty));
        await readings.SettleAsync([.. empty.Distinct(StringComparer.Ordinal)], QuietOfEmpty, cancellationToken);
        if (moving.Count == 0)
            return false;
        await readings.SettleAsync(moving, QuietOfBuilds, cancellationToken);
        return true;
    }

    static bool IsEmpty(string path) => FileStat.Of(path) is { Kind: FileKind.File, Size: 0 };

    static bool IsBuilt(PluginLocation place) => place.Kind is PluginKinds.Dll or PluginKinds.DllFolder;

    static string TargetOf(PluginLocation place) => place.Kind == PluginKinds.DllFolder ? Path.GetDirectoryName(place.Path)! : place.Path;

    // What a person writes is text; whatever else a plugin is made of comes out of a build.
    static bool IsBuilt(string path) => Path.GetExtension(path).ToLowerInvariant() is not (".csx" or ".cs" or ".yaml" or ".yml");
}
