using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Sources;

/// <summary>Plugins that are one assembly: <c>&lt;folder&gt;/&lt;name&gt;.dll</c>, with what it needs beside it.</summary>
/// <remarks>Not plugins: names that begin with <c>_</c> or <c>.</c>, and assemblies without a plugin class, which are there for others.</remarks>
sealed class DllFileSource : IPluginSource
{
    readonly PluginFolders _folders;
    readonly NativeCopies _copies;
    readonly PluginAssemblies _assemblies;

    /// <param name="folders">The plugin folders, in order; asked anew each time.</param>
    /// <param name="copies">Where native libraries go.</param>
    /// <param name="log">Hears once of each file that is skipped for its name.</param>
    /// <param name="time">The clock that file times are compared with.</param>
    public DllFileSource(Func<IReadOnlyList<string>> folders, NativeCopies copies, ILogger<DllFileSource> log, TimeProvider time) =>
        (_folders, _copies, _assemblies) = (new PluginFolders(folders, log), copies, new PluginAssemblies(time));

    /// <inheritdoc/>
    public IEnumerable<PluginLocation> Find()
    {
        var files = _folders.Roots.SelectMany(root => _folders.Files(root).Where(IsCandidate), (root, path) => (Root: root, Path: path)).ToList();
        var plugins = _assemblies.Among(files.Select(file => file.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var (root, path) in files.Where(file => plugins.Contains(file.Path)))
            if (_folders.Locate(Path.GetFileNameWithoutExtension(path), PluginKinds.Dll, path, root) is { } location)
                yield return location;
    }

    /// <inheritdoc/>
    public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) =>
        new(Task.Run(() => new DllReader(location, ownsFolder: false, _copies).Read(cancellationToken), cancellationToken));

    // What the host provides is there because a build copied it along.
    static bool IsCandidate(string path) => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && !SharedAssemblies.Names.Contains(Path.GetFileNameWithoutExtension(path));
}
