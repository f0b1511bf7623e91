using System.Collections.Frozen;
using McpScript.Model;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Scripts;

/// <summary>
/// What the host provides to every script: the .NET framework and <see cref="SharedAssemblies"/>, and nothing else that the host itself is made of.
/// </summary>
static class HostReferences
{
    // Made once for the process: fresh references in each compilation cost 99 ms and 15 MB (FACTS section 4).
    static readonly Lazy<FrozenDictionary<string, PortableExecutableReference>> ByName = new(Make);

    // Most scripts never ask for them.
    static readonly Lazy<FrozenDictionary<string, PortableExecutableReference>> AspNetByName = new(() => HostAssemblies.AspNet
        .Where(assembly => Find(assembly.Key) is null)
        .ToFrozenDictionary(assembly => assembly.Key, assembly => MetadataReference.CreateFromFile(assembly.Value), StringComparer.OrdinalIgnoreCase));

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<PortableExecutableReference> All => ByName.Value.Values;

    /// <summary>Those of ASP.NET Core besides, for scripts that ask for them; none in a host that runs without it.</summary>
    public static IReadOnlyCollection<PortableExecutableReference> AspNet => AspNetByName.Value.Values;

    /// <summary>The one of ASP.NET Core of a simple name, or null; <c>Microsoft.AspNetCore.App</c> stands for all.</summary>
    public static PortableExecutableReference? FindAspNet(string name) =>
        AspNetByName.Value.GetValueOrDefault(string.Equals(name, "Microsoft.AspNetCore.App", StringComparison.OrdinalIgnoreCase) ? "Microsoft.AspNetCore" : name);

    /// <summary>The one of a simple name, or null.</summary>
    public static PortableExecutableReference? Find(string name) => ByName.Value.GetValueOrDefault(name);

    /// <summary>The version that the host provides, or null if it provides none.</summary>
    public static Version? VersionOf(string name) =>
        Find(name)?.GetMetadata() is AssemblyMetadata metadata ? metadata.GetModules()[0].GetMetadataReader().GetAssemblyDefinition().Version : null;

    static FrozenDictionary<string, PortableExecutableReference> Make()
    {
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        if (trusted.Length == 0 || string.IsNullOrEmpty(framework))
            throw new InvalidOperationException("Scripts need the assemblies as files on disk, which a single-file publish does not leave there. Publish without PublishSingleFile.");

        // The directory tells the framework from the host's own packages; ASP.NET has another one. The list names System.Private.CoreLib twice.
        var files = trusted
            .Where(path => Path.GetDirectoryName(path) == framework || SharedAssemblies.Names.Contains(Path.GetFileNameWithoutExtension(path)))
            .DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase);
        return files.ToFrozenDictionary(path => Path.GetFileNameWithoutExtension(path), path => MetadataReference.CreateFromFile(path), StringComparer.OrdinalIgnoreCase);
    }
}
