using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;

namespace McpScript.Plugins;

/// <summary>The collectible load context of one generation of a plugin.</summary>
/// <remarks>
/// Shared assemblies come from the host, so that plugin and host mean the same types; what a plugin brings itself is its own. Two framework
/// assemblies are loaded privately because their static caches would hold plugin types for ever (docs/hot-reload.md).
/// </remarks>
/// <param name="name">For debuggers.</param>
/// <param name="dependencies">Paths of the plugin's own assemblies, by simple name.</param>
/// <param name="shared">Simple names of the assemblies that come from the host.</param>
sealed class PluginLoadContext(string name, ImmutableDictionary<string, string> dependencies, IReadOnlySet<string> shared) : AssemblyLoadContext(name, isCollectible: true)
{
    static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name || shared.Contains(name))
            return null;
        var framework = Path.Combine(FrameworkFolder, name + ".dll");
        if (SharedAssemblies.PrivateCopies.Contains(name))
            return LoadFromAssemblyPath(framework);
        if (dependencies.TryGetValue(name, out var path))
            return LoadBytes(path);
        // Null would let the runtime look among the host's own packages, and hand the plugin whatever version lies there.
        return File.Exists(framework) ? null : throw new FileNotFoundException($"The plugin needs the assembly '{assemblyName}', which is neither beside it nor part of .NET.", name);
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
