using System.Collections.Immutable;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Sources;

/// <summary>Plugins that are a folder with a build in it: <c>&lt;folder&gt;/&lt;name&gt;/&lt;name&gt;.dll</c>.</summary>
/// <remarks>Not plugins: names that begin with <c>_</c> or <c>.</c>, and an assembly without a plugin class in a folder of scripts, which is a dependency
/// of them.</remarks>
sealed class DllFolderSource : IPluginSource
{
    readonly PluginNames _names;
    readonly NativeCopies _copies;
    readonly PluginAssemblies _assemblies;

    /// <param name="copies">Copies native libraries.</param>
    /// <param name="log">Logs each folder with an invalid name once.</param>
    /// <param name="time">The clock that file times are compared with.</param>
    public DllFolderSource(NativeCopies copies, ILogger<DllFolderSource> log, TimeProvider time) =>
        (_names, _copies, _assemblies) = (new PluginNames(log), copies, new PluginAssemblies(time));

    /// <inheritdoc/>
    public SourceFindings Find(ImmutableArray<FolderListing> folders)
    {
        var mains = folders.SelectMany(folder => folder.Folders, (folder, path) => (folder.Root, Path: MainOf(path)))
            .Where(main => main.Path is not null).ToList();
        // Beside scripts, a DLL of the folder's name may be a dependency of them.
        var plugins = _assemblies.Among(mains.Select(main => main.Path!).Where(HasScripts)).ToHashSet(StringComparer.Ordinal);
        var locations = mains.Where(main => !HasScripts(main.Path!) || plugins.Contains(main.Path!))
            .Select(main => _names.Locate(Path.GetFileNameWithoutExtension(main.Path)!, PluginKinds.DllFolder, main.Path!, main.Root));
        return new([.. locations.OfType<PluginLocation>()]);
    }

    /// <inheritdoc/>
    public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) =>
        new(Task.Run<PluginImage>(() => new DllReader(location, ownsFolder: true, _copies).Read(cancellationToken), cancellationToken));

    /// <summary>A folder's assembly of the same name; null if there is none. A dangling link counts, so that reading it reports the problem.</summary>
    internal static string? MainOf(string folder)
    {
        var main = new FileInfo(Path.Combine(folder, Path.GetFileName(folder) + ".dll"));
        return main.Exists || main.LinkTarget is not null ? main.FullName : null;
    }

    static bool HasScripts(string main) => File.Exists(Path.Combine(Path.GetDirectoryName(main)!, "main.csx"));
}
