using McpScript.Model;
using McpScript.Scripting.Compilation;

namespace McpScript.Scripting.Cache;

/// <summary>
/// Takes the image of a script that has not changed from disk, so that the compiler need not even be loaded; compiles all others, and writes the results to
/// disk in the background. Thread-safe.
/// </summary>
/// <param name="compiler">Compiles what the cache does not have.</param>
/// <param name="cache">Keeps images from one start to the next.</param>
sealed class CachedScriptCompiler(IScriptCompiler compiler, CompileCache cache) : IScriptCompiler, IAsyncDisposable
{
    readonly Lock _gate = new();
    Task _writes = Task.CompletedTask;

    /// <inheritdoc/>
    public AssemblyImage Compile(PluginLocation location, CancellationToken cancellationToken)
    {
        if (cache.Find(location, cancellationToken) is { } known)
            return known;
        // What does not compile is not kept: the reason may be no file, such as a feed that is away.
        var image = compiler.Compile(location, cancellationToken);
        // One after the other, so that of two images of one script the later one stays.
        lock (_gate)
            _writes = KeepAsync(_writes, image);
        return image;
    }

    /// <summary>Waits until everything compiled is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        Task writes;
        lock (_gate)
            writes = _writes;
        await writes.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task KeepAsync(Task before, AssemblyImage image)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        cache.Keep(image);
    }
}
