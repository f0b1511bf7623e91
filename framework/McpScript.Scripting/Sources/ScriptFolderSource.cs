using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Scripting.Compilation;
using McpScript.Scripting.Scripts;
using McpScript.Sources;
using Microsoft.Extensions.Logging;

namespace McpScript.Scripting.Sources;

/// <summary>Plugins that are a folder of scripts with the entry script <c>&lt;folder&gt;/&lt;name&gt;/main.csx</c>.</summary>
/// <remarks>Not plugins: names that begin with <c>_</c> or <c>.</c>, and folders without that file.</remarks>
/// <param name="compiler">Compiles the scripts.</param>
/// <param name="log">Logs each folder with an invalid name once.</param>
sealed class ScriptFolderSource(IScriptCompiler compiler, ILogger<ScriptFolderSource> log) : IPluginSource
{
    readonly PluginNames _names = new(log);

    /// <inheritdoc/>
    public SourceFindings Find(ImmutableArray<FolderListing> folders) => new(
    [
        .. from folder in folders
           from path in folder.Folders
           let main = ScriptPath.MainOf(path)
           where main is not null
           let location = _names.Locate(Path.GetFileName(path), PluginKinds.ScriptFolder, main, folder.Root)
           where location is not null
           select location,
    ]);

    /// <inheritdoc/>
    public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) =>
        new(Task.Run<PluginImage>(() => compiler.Compile(location, cancellationToken), cancellationToken));
}
