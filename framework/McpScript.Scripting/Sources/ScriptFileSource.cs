using System.Collections.Immutable;
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
/// <param name="compiler">Compiles the scripts.</param>
/// <param name="log">Logs each file once that has an invalid name or is part of another script.</param>
/// <param name="time">The clock that file times are compared with.</param>
sealed class ScriptFileSource(IScriptCompiler compiler, ILogger<ScriptFileSource> log, TimeProvider? time = null) : IPluginSource
{
    readonly PluginNames _names = new(log);
    readonly LoadGraph _graph = new(time ?? TimeProvider.System);

    /// <inheritdoc/>
    public SourceFindings Find(ImmutableArray<FolderListing> folders)
    {
        var scripts = folders.SelectMany(folder => folder.Files.Where(IsScript), (folder, path) => (folder.Root, Path: path)).ToList();
        var mains = folders.SelectMany(folder => folder.Folders).Select(ScriptPath.MainOf).OfType<string>();
        var parts = _graph.PartsOf([.. scripts.Select(script => script.Path), .. mains]);
        var plugins = new List<PluginLocation>();
        foreach (var (root, path) in scripts)
        {
            if (parts.TryGetValue(path, out var whole))
                _names.LogPart(path, whole);
            else if (_names.Locate(Path.GetFileNameWithoutExtension(path), PluginKinds.Script, path, root) is { } location)
                plugins.Add(location);
        }
        var hidden = parts.Keys.ToHashSet(StringComparer.Ordinal);
        return new(plugins) { Overlooked = [.. folders.SelectMany(folder => OverlookedScripts.In(folder, hidden))] };
    }

    /// <inheritdoc/>
    public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) =>
        new(Task.Run<PluginImage>(() => compiler.Compile(location, cancellationToken), cancellationToken));

    static bool IsScript(string path) =>
        path.EndsWith(".csx", StringComparison.OrdinalIgnoreCase) && !ScriptTest.IsTest(path);
}
