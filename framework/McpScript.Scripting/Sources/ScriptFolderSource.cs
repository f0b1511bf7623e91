using McpScript.Model;
using McpScript.Scripting.Compilation;
using McpScript.Scripting.Scripts;
using McpScript.Sources;
using Microsoft.Extensions.Logging;

namespace McpScript.Scripting.Sources;

/// <summary>Plugins that are a folder of scripts, entered at <c>&lt;folder&gt;/&lt;name&gt;/main.csx</c>.</summary>
/// <remarks>Not plugins: names that begin with <c>_</c> or <c>.</c>, and folders without that file.</remarks>
/// <param name="folders">The plugin folders, in order; asked anew each time.</param>
/// <param name="compiler">Makes the images.</param>
/// <param name="log">Hears once of each folder that is skipped for its name.</param>
sealed class ScriptFolderSource(Func<IReadOnlyList<string>> folders, IScriptCompiler compiler, ILogger<ScriptFolderSource> log) : IPluginSource
{
    readonly PluginFolders _folders = new(folders, log);

    /// <inheritdoc/>
    public IEnumerable<PluginLocation> Find() =>
        from root in _folders.Roots
        from folder in _folders.Folders(root)
        let main = ScriptPath.MainOf(folder)
        where main is not null
        let location = _folders.Locate(Path.GetFileName(folder), PluginKinds.ScriptFolder, main, root)
        where location is not null
        select location;

    /// <inheritdoc/>
    public void Expect(PluginLocation location) => (compiler as EarlyCompiler)?.Begin(location);

    /// <inheritdoc/>
    public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) =>
        new(Task.Run(() => compiler.Compile(location, cancellationToken), cancellationToken));
}
