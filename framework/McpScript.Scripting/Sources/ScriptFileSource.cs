using McpScript.Model;
using McpScript.Scripting.Compilation;
using McpScript.Scripting.Scripts;
using McpScript.Sources;
using Microsoft.Extensions.Logging;

namespace McpScript.Scripting.Sources;

/// <summary>Plugins that are one script: <c>&lt;folder&gt;/&lt;name&gt;.csx</c>.</summary>
/// <remarks>
/// Not plugins: names that begin with <c>_</c> or <c>.</c>, <c>*.test.csx</c>, and scripts that another one in these folders loads.
/// </remarks>
/// <param name="folders">The plugin folders, in order; asked anew each time.</param>
/// <param name="compiler">Makes the images.</param>
/// <param name="log">Hears once of each file that is skipped for its name, or because it is part of another.</param>
/// <param name="time">The clock that file times are compared with.</param>
sealed class ScriptFileSource(Func<IReadOnlyList<string>> folders, IScriptCompiler compiler, ILogger<ScriptFileSource> log, TimeProvider? time = null) : IPluginSource
{
    readonly PluginFolders _folders = new(folders, log);
    readonly LoadGraph _graph = new(time ?? TimeProvider.System);

    /// <inheritdoc/>
    public IEnumerable<PluginLocation> Find()
    {
        var roots = _folders.Roots.ToList();
        var scripts = roots.SelectMany(root => _folders.Files(root).Where(IsScript), (root, path) => (Root: root, Path: path)).ToList();
        var parts = Parts(roots);

        foreach (var (root, path) in scripts)
        {
            if (parts.TryGetValue(path, out var whole))
                _folders.TellPart(path, whole);
            else if (_folders.Locate(Path.GetFileNameWithoutExtension(path), PluginKinds.Script, path, root) is { } location)
                yield return location;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<OverlookedPath> Overlooked()
    {
        var roots = _folders.Roots.ToList();
        var parts = Parts(roots).Keys.ToHashSet(StringComparer.Ordinal);
        return roots.SelectMany(root => OverlookedScripts.In(root, _folders.Files(root), _folders.Folders(root), parts));
    }

    /// <inheritdoc/>
    public void Expect(PluginLocation location) => (compiler as EarlyCompiler)?.Begin(location);

    /// <inheritdoc/>
    public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) =>
        new(Task.Run(() => compiler.Compile(location, cancellationToken), cancellationToken));

    IReadOnlyDictionary<string, string> Parts(IReadOnlyList<string> roots) => _graph.PartsOf(
    [
        .. roots.SelectMany(_folders.Files).Where(IsScript),
        .. roots.SelectMany(_folders.Folders).Select(ScriptPath.MainOf).OfType<string>(),
    ]);

    static bool IsScript(string path) =>
        path.EndsWith(".csx", StringComparison.OrdinalIgnoreCase) && !ScriptTest.IsTest(path);
}
