using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>
/// Plugins at configured paths: <c>plugins.&lt;name&gt;.path</c> is a script, a DLL, or a folder with one of them. They win over all other sources.
/// </summary>
/// <param name="paths">The absolute paths by plugin name; evaluated at each scan.</param>
/// <param name="kinds">The source that reads each kind.</param>
sealed class ConfiguredPathSource(Func<IEnumerable<(string Name, string Path)>> paths, IReadOnlyDictionary<string, IPluginSource> kinds) : IPluginSource
{
    /// <inheritdoc/>
    public SourceFindings Find(ImmutableArray<FolderListing> folders) => new(
    [
        .. from configured in paths()
           let reference = new PluginReference(configured.Name)
           let found = Lookup(configured.Name, configured.Path)
           select new PluginLocation(reference, found.Kind, found.Main, Path.GetDirectoryName(found.Main) ?? found.Main),
    ]);

    /// <inheritdoc/>
    public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) =>
        kinds.TryGetValue(location.Kind, out var source) ? source.GetAsync(location, cancellationToken) : throw Nothing(location);

    // Found even without a file, because the operator named it: loading it reports the problem, and the last good version stays.
    static (string Kind, string Main) Lookup(string name, string path)
    {
        if (!Directory.Exists(path))
            return (Path.GetExtension(path).ToLowerInvariant() switch { ".csx" => PluginKinds.Script, ".dll" => PluginKinds.Dll, _ => PluginKinds.Path }, path);
        if (Path.Combine(path, "main.csx") is var script && File.Exists(script))
            return ("folder", script);
        var main = new[] { name, Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) }.Select(file => Path.Combine(path, file + ".dll"))
            .FirstOrDefault(File.Exists);
        return main is null ? (PluginKinds.Path, path) : (PluginKinds.DllFolder, main);
    }

    static PluginLoadException Nothing(PluginLocation location)
    {
        var isFolder = Directory.Exists(location.Path);
        var what = isFolder
            ? $"in the folder '{location.Path}' there is neither a main.csx nor a {location.Reference}.dll"
            : $"'{location.Path}' is neither a .csx nor a .dll, nor a folder with one";
        string[] awaited = isFolder ? [Path.Combine(location.Path, "main.csx"), Path.Combine(location.Path, $"{location.Reference}.dll")] : [location.Path];
        var problem = $"plugins.{location.Reference}.path leads to no plugin: {what}. Correct the path, or build the plugin there. If the plugin itself reads "
            + $"a setting 'path', write it into {location.Reference}/config.yaml in a plugin folder, where every key is the plugin's own.";
        return new(location.Reference, PluginStage.Compile, [new(problem, DllProblemCodes.BadPath)])
        {
            Files = [.. awaited.Select(SourceFile.Read)],
        };
    }
}
