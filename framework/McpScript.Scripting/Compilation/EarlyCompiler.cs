using System.Collections.Concurrent;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Scripting.Compilation;

/// <summary>
/// Begins to compile while it is still waited whether a file has come to rest; what was begun counts only if every file is still what was read then.
/// </summary>
/// <param name="compiler">Does the work.</param>
sealed class EarlyCompiler(IScriptCompiler compiler) : IScriptCompiler
{
    readonly ConcurrentDictionary<PluginLocation, Task<PluginImage>> _begun = new();

    /// <summary>Begins, in the background. Nothing comes of it if it fails: it was perhaps too early.</summary>
    public void Begin(PluginLocation location) => _begun[location] = Task.Run(() => compiler.Compile(location, CancellationToken.None));

    /// <inheritdoc/>
    public PluginImage Compile(PluginLocation location, CancellationToken cancellationToken)
    {
        if (_begun.TryRemove(location, out var begun) && ResultOf(begun, cancellationToken) is { } image && image.Files.All(file => SourceFile.Read(file.Path) == file))
            return image;
        return compiler.Compile(location, cancellationToken);
    }

    static PluginImage? ResultOf(Task<PluginImage> begun, CancellationToken cancellationToken)
    {
        try
        {
            begun.Wait(cancellationToken);
            return begun.Result;
        }
        catch (AggregateException)
        {
            // Does not compile, or did not when it was half-written: compiled once more, it says so itself.
            return null;
        }
    }
}
