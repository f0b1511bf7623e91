using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Sources;

/// <summary>Plugins that are a folder with a build in it: <c>&lt;folder&gt;/&lt;name&gt;/&lt;name&gt;.dll</c>.</summary>
/// <remarks>Not plugins: names that begin with <c>_</c> or <c>.</c>, and an assembly without a plugin class in a folder of scripts, which is there for
/// them.</remarks>
sealed class DllFolderSource : IPluginSource
{
    readonly PluginFolders _folders;
    readonly NativeCopies _copies;
    readonly PluginAssemblies _assemblies;

    /// <param name="folders">The plugin folders, in order; asked anew each time.</param>
    /// <param name="copies">Where native libraries go.</param>
    /// <param name="log">Hears once of each folder that is skipped for its name.</param>
    /// <param name="time">The clock that file times are compared with.</param>
    public DllFolderSource(Func<IReadOnlyList<string>> folders, NativeCopies copies, ILogger<DllFolderSource> log, TimeProvider time) =>
        (_folders, _copies, _assemblies) = (new PluginFolders(folders, log), copies, new PluginAssemblies(time));

    /// <inheritdoc/>
    public IEnumerable<PluginLocation> Find()
    {
        var mains = _folders.Roots.SelectMany(_folders.Folders, (root, folder) => (Root: root, Path: MainOf(folder))).Where(main => main.Path is not null).ToList();
        // Beside scripts, a DLL of the folder's name may be what they refer to.
        var plugins = _assemblies.Among(mains.Select(main => main.Path!).Where(HasScripts)).ToHashSet(StringComparer.Ordinal);
        foreach (var (root, path) in mains.Where(main => !HasScripts(main.Path!) || plugins.Contains(main.Path!)))
            if (_folders.Locate(Path.GetFileNameWithoutExtension(path)!, PluginKinds.DllFolder, path!, root) is { } location)
                yield return location;
    }

    /// <inheritdoc/>
    public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) =>
        new(Task.Run(() => new DllReader(location, ownsFolder: true, _copies).Read(cancellationToken), cancellationToken));

    /// <summary>A folder's assembly of the same name, or null. A dangling link counts: reading it says what is wrong.</summary>
    internal static string? MainOf(string folder)
    {
        var main = new FileInfo(Path.Combine(folder, Path.GetFileName(folder) + ".dll"));
        return main.Exists || main.LinkTarget is not null ? main.FullName : null;
    }

    static bool HasScripts(string main) => File.Exists(Path.Combine(Path.GetDirectoryName(main)!, "main.csx"));
}
