using McpScript.Model;
using McpScript.Scripting.Compilation;

namespace McpScript.Scripting.Cache;

/// <summary>
/// Reads the image of an unchanged script from disk, so that the compiler is not even loaded; compiles all other scripts, and writes the results to disk in
/// the background. Thread-safe.
/// </summary>
/// <param name="compiler">Compiles scripts that are not cached.</param>
/// <param name="cache">Keeps images from one start to the next.</param>
sealed class CachedScriptCompiler(IScriptCompiler compiler, CompileCache cache) : IScriptCompiler, IAsyncDisposable
{
    // The cache is worth no longer wait at shutdown: a folder on a network that has gone may block a write for minutes.
    static readonly TimeSpan DisposeTimeout = TimeSpan.FromSeconds(5);

    readonly Lock _gate = new();
    Task _writes = Task.CompletedTask;
    bool _disposed;

    /// <inheritdoc/>
    public AssemblyImage Compile(PluginLocation location, CancellationToken cancellationToken)
    {
        if (cache.Find(location, cancellationToken) is { } known)
            return known;
        // Failures are not cached: the reason may be outside of files, such as an unreachable feed.
        var image = compiler.Compile(location, cancellationToken);
        // One write after the other, so that the later of two images of one script stays. A compilation may outlive the server that began it.
        lock (_gate)
            if (!_disposed)
                _writes = KeepAsync(_writes, image);
        return image;
    }

    /// <summary>Waits until all compiled images are on disk, for at most 5 seconds. Later ones are not written.</summary>
    public async ValueTask DisposeAsync()
    {
        Task writes;
        lock (_gate)
            (writes, _disposed) = (_writes, true);
        await writes.WaitAsync(DisposeTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task KeepAsync(Task before, AssemblyImage image)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        cache.Keep(image);
    }
}
