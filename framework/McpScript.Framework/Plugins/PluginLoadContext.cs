using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;

namespace McpScript.Plugins;

/// <summary>The collectible load context of one generation of a plugin.</summary>
/// <remarks>
/// Shared assemblies come from the host, so that plugin and host mean the same types; what a plugin brings itself is its own. Two framework
/// assemblies are loaded privately because their static caches would hold plugin types for ever (docs/hot-reload.md).
/// </remarks>
sealed class PluginLoadContext(string name, ImmutableDictionary<string, string> dependencies) : AssemblyLoadContext(name, isCollectible: true)
{
    static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name || SharedAssemblies.Names.Contains(name))
            return null;
        if (SharedAssemblies.PrivateCopies.Contains(name))
            return LoadFromAssemblyPath(Path.Combine(FrameworkFolder, name + ".dll"));
        return dependencies.TryGetValue(name, out var path) ? LoadBytes(path) : null;
    }

    // From bytes, so that the file can be replaced while it is in use.
    Assembly LoadBytes(string path)
    {
        using var assembly = new MemoryStream(File.ReadAllBytes(path));
        var symbols = Path.ChangeExtension(path, ".pdb");
        if (!File.Exists(symbols))
            return LoadFromStream(assembly);
        using var pdb = new MemoryStream(File.ReadAllBytes(symbols));
        return LoadFromStream(assembly, pdb);
    }
}
