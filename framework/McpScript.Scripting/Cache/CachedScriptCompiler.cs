using McpScript.Model;
using McpScript.Scripting.Compilation;

namespace McpScript.Scripting.Cache;

/// <summary>
/// Takes the image of a script that has not changed from disk, so that the compiler need not even be loaded; has all others compiled, and keeps what comes
/// of it.
/// </summary>
/// <param name="compiler">Compiles what is not there.</param>
/// <param name="cache">Keeps it from one start to the next.</param>
sealed class CachedScriptCompiler(IScriptCompiler compiler, CompileCache cache) : IScriptCompiler
{
    /// <inheritdoc/>
    public PluginImage Compile(PluginLocation location, CancellationToken cancellationToken)
    {
        if (cache.Find(location, cancellationToken) is { } known)
            return known;
        // What does not compile is not kept: it may be for a reason that is no file's, such as a feed that is away.
        var image = compiler.Compile(location, cancellationToken);
        cache.Keep(image);
        return image;
    }
}
