using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using McpScript.Model;
using McpScript.Scripting.Scripts;

namespace McpScript.Scripting.Cache;

/// <summary>
/// Facts outside of a script's own files that its compilation depends on: compiler, references, options, permissions. Determined without loading the
/// compiler.
/// </summary>
static class CompileEnvironment
{
    /// <summary>Computes a text that is equal for equal environments.</summary>
    /// <param name="shared">The host's types that scripts see.</param>
    /// <param name="packages">The packages that scripts may use; null for none.</param>
    public static string Of(IReadOnlyCollection<Type> shared, ScriptPackages? packages)
    {
        var facts = new StringBuilder()
            // The framework's assemblies are never mixed, so its core library identifies all of them.
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"{RuntimeInformation.FrameworkDescription} {typeof(object).Module.ModuleVersionId} {Path.GetDirectoryName(typeof(object).Assembly.Location)}")
            .AppendLine(CultureInfo.InvariantCulture, $"web {HostAssemblies.AspNet.GetValueOrDefault("Microsoft.AspNetCore")}")
            // Options, usings and the reading of documentation are code of this assembly.
            .AppendLine(
                CultureInfo.InvariantCulture, $"host {typeof(CompileEnvironment).Module.ModuleVersionId} {typeof(AssemblyImage).Module.ModuleVersionId}")
            .AppendLine(CultureInfo.InvariantCulture, $"compiler {CompilerVersions()}");
        foreach (var name in SharedAssemblies.Names.Order(StringComparer.Ordinal))
            facts.AppendLine(CultureInfo.InvariantCulture, $"shared {name} {VersionOf(name)}");
        foreach (var type in shared)
            facts.AppendLine(CultureInfo.InvariantCulture, $"shared {type.FullName} {type.Module.ModuleVersionId}");
        facts.AppendLine(CultureInfo.InvariantCulture, $"packages {packages?.Rules ?? "none"}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facts.ToString())));
    }

    static Guid? VersionOf(string name)
    {
        try
        {
            return Assembly.Load(name).ManifestModule.ModuleVersionId;
        }
        catch (IOException)
        {
            // A host without this assembly: scripts do not see it either.
            return null;
        }
    }

    // Read from the files, because the cache exists to avoid loading the compiler.
    static string CompilerVersions() => string.Join(' ', ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(path => Path.GetFileName(path).StartsWith("Microsoft.CodeAnalysis", StringComparison.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal)
        .Select(ModuleVersionOf));

    static Guid ModuleVersionOf(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
