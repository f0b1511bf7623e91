using System.Collections.Frozen;
using McpScript.Model;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Scripts;

/// <summary>
/// References that the host provides to every script: the .NET framework and <see cref="SharedAssemblies"/>, but no other assemblies of the host.
/// </summary>
static class HostReferences
{
    // Created once for the process: new references in each compilation cost 99 ms and 15 MB (measured).
    static readonly Lazy<FrozenDictionary<string, PortableExecutableReference>> ByName = new(Make);

    // Lazy, because most scripts do not reference them.
    static readonly Lazy<FrozenDictionary<string, PortableExecutableReference>> AspNetByName = new(() => HostAssemblies.AspNet
        .Where(assembly => Find(assembly.Key) is null)
        .ToFrozenDictionary(assembly => assembly.Key, assembly => MetadataReference.CreateFromFile(assembly.Value), StringComparer.OrdinalIgnoreCase));

    /// <summary>All references except ASP.NET Core's.</summary>
    public static IReadOnlyCollection<PortableExecutableReference> All => ByName.Value.Values;

    /// <summary>References of ASP.NET Core, for scripts that reference it; empty in a host without it.</summary>
    public static IReadOnlyCollection<PortableExecutableReference> AspNet => AspNetByName.Value.Values;

    /// <summary>Finds an ASP.NET Core reference by simple name; null if there is none. <c>Microsoft.AspNetCore.App</c> represents all.</summary>
    public static PortableExecutableReference? FindAspNet(string name) =>
        AspNetByName.Value.GetValueOrDefault(
            string.Equals(name, "Microsoft.AspNetCore.App", StringComparison.OrdinalIgnoreCase) ? "Microsoft.AspNetCore" : name);

    /// <summary>Finds a reference by simple name; null if there is none.</summary>
    public static PortableExecutableReference? Find(string name) => ByName.Value.GetValueOrDefault(name);

    /// <summary>The version that the host provides; null if it provides none.</summary>
    public static Version? VersionOf(string name) =>
        Find(name)?.GetMetadata() is AssemblyMetadata metadata ? metadata.GetModules()[0].GetMetadataReader().GetAssemblyDefinition().Version : null;

    static FrozenDictionary<string, PortableExecutableReference> Make()
    {
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        if (trusted.Length == 0 || string.IsNullOrEmpty(framework))
            throw new InvalidOperationException(
                "Scripts need the assemblies as files on disk, which a single-file publish does not leave there. Publish without PublishSingleFile.");

        // The folder distinguishes the framework from the host's own packages and from ASP.NET Core. The list names System.Private.CoreLib twice.
        var files = trusted
            .Where(path => Path.GetDirectoryName(path) == framework || SharedAssemblies.Names.Contains(Path.GetFileNameWithoutExtension(path)))
            .DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase);
        return files.ToFrozenDictionary(
            path => Path.GetFileNameWithoutExtension(path), path => MetadataReference.CreateFromFile(path), StringComparer.OrdinalIgnoreCase);
    }
}
