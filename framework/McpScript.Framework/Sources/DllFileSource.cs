using System.Collections.Immutable;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Sources;

/// <summary>Plugins that are one assembly: <c>&lt;folder&gt;/&lt;name&gt;.dll</c>, with its dependencies beside it.</summary>
/// <remarks>Not plugins: names that begin with <c>_</c> or <c>.</c>, and assemblies without a plugin class, which are dependencies of others.</remarks>
sealed class DllFileSource : IPluginSource
{
    readonly PluginNames _names;
    readonly NativeCopies _copies;
    readonly PluginAssemblies _assemblies;

    /// <param name="copies">Copies native libraries.</param>
    /// <param name="log">Logs each file with an invalid name once.</param>
    /// <param name="time">The clock that file times are compared with.</param>
    public DllFileSource(NativeCopies copies, ILogger<DllFileSource> log, TimeProvider time) =>
        (_names, _copies, _assemblies) = (new PluginNames(log), copies, new PluginAssemblies(time));

    /// <inheritdoc/>
    public SourceFindings Find(ImmutableArray<FolderListing> folders)
    {
        var files = folders.SelectMany(folder => folder.Files.Where(IsCandidate), (folder, path) => (folder.Root, Path: path)).ToList();
        var plugins = _assemblies.Among(files.Select(file => file.Path)).ToHashSet(StringComparer.Ordinal);
        var locations = files.Where(file => plugins.Contains(file.Path))
            .Select(file => _names.Locate(Path.GetFileNameWithoutExtension(file.Path), PluginKinds.Dll, file.Path, file.Root));
        return new([.. locations.OfType<PluginLocation>()]);
    }

    /// <inheritdoc/>
    public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) =>
        new(Task.Run<PluginImage>(() => new DllReader(location, ownsFolder: false, _copies).Read(cancellationToken), cancellationToken));

    // Assemblies that the host provides are there because a build copied them.
    static bool IsCandidate(string path) =>
        path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && !SharedAssemblies.Names.Contains(Path.GetFileNameWithoutExtension(path));
}
