using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using McpScript.Model;

namespace McpScript.Loading;

/// <summary>The collectible load context of one generation of a plugin.</summary>
/// <remarks>
/// Shared assemblies come from the host, so that plugin and host use the same types; the plugin's own dependencies are private to it. Two framework
/// assemblies are loaded privately because their static caches would otherwise hold plugin types until the process ends (docs/hot-reload.md).
/// </remarks>
/// <param name="name">Name for debuggers.</param>
/// <param name="image">The plugin's code and dependencies.</param>
/// <param name="shared">Simple names of the assemblies that come from the host.</param>
sealed class PluginLoadContext(string name, AssemblyImage image, IReadOnlySet<string> shared) : AssemblyLoadContext(name, isCollectible: true)
{
    /// <summary>Loads the plugin's own assembly.</summary>
    // Not stored here: a context that references one of its assemblies is never collected.
    public Assembly LoadMain() => LoadBytes(image.Assembly, image.Symbols);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name || shared.Contains(name))
            return null;
        if (assemblyName.CultureName is { Length: > 0 } culture)
            return LoadSatellite(culture, assemblyName);
        if (SharedAssemblies.PrivateCopies.Contains(name))
            return LoadFromAssemblyPath(HostAssemblies.FrameworkPathOf(name));
        if (HostAssemblies.IsInFramework(name))
            return null;
        if (image.Dependencies.TryGetValue(name, out var dependency))
            return LoadBytes(dependency.Assembly, dependency.Symbols);
        // After the plugin's own dependencies: a copy that the plugin brings is used instead of ASP.NET Core's.
        if (HostAssemblies.IsInAspNet(name))
            return null;
        // Null would let the runtime search the host's own packages, and load whatever version is there.
        throw new MissingAssemblyException(assemblyName);
    }

    // The exact culture only: the resource manager falls back to parent cultures, and expects this exception.
    Assembly LoadSatellite(string culture, AssemblyName satellite) => image.Satellites.TryGetValue(SatelliteKey.Of(culture, satellite.Name!), out var found)
        ? LoadBytes(found.Assembly, found.Symbols)
        : throw new FileNotFoundException($"The plugin has no satellite assembly '{satellite.Name}' for '{culture}'.", satellite.Name);

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var file in FileNamesOf(unmanagedDllName))
            if (image.NativeLibraries.TryGetValue(file, out var path))
                return LoadUnmanagedDllFromPath(path);
        return 0; // Not a library of the plugin: the runtime searches the system's.
    }

    // From bytes, so that the file can be replaced while it is loaded.
    Assembly LoadBytes(ImmutableArray<byte> assembly, ImmutableArray<byte> symbols)
    {
        using var code = new MemoryStream(ImmutableCollectionsMarshal.AsArray(assembly)!, writable: false);
        if (symbols.IsEmpty)
            return LoadFromStream(code);
        using var pdb = new MemoryStream(ImmutableCollectionsMarshal.AsArray(symbols)!, writable: false);
        return LoadFromStream(code, pdb);
    }

    // [DllImport("e_sqlite3")] means libe_sqlite3.so on Linux and e_sqlite3.dll on Windows: the same variations that .NET tries.
    static IEnumerable<string> FileNamesOf(string library)
    {
        var name = Path.GetFileName(library);
        var suffix = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        return [name, name + suffix, "lib" + name + suffix, "lib" + name];
    }
}
