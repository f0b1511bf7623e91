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
/// All that decides what comes of compiling a script, beside the script's own files: compiler, references, options, what is allowed. Found out without
/// loading the compiler.
/// </summary>
static class CompileEnvironment
{
    /// <summary>One text for one environment.</summary>
    /// <param name="shared">The host's types that scripts see.</param>
    /// <param name="packages">What packages scripts may use; null for none.</param>
    public static string Of(IReadOnlyCollection<Type> shared, ScriptPackages? packages)
    {
        var facts = new StringBuilder()
            // The framework is one thing: its parts are never mixed, and its first one tells which it is.
            .AppendLine(CultureInfo.InvariantCulture, $"{RuntimeInformation.FrameworkDescription} {typeof(object).Module.ModuleVersionId} {Path.GetDirectoryName(typeof(object).Assembly.Location)}")
            .AppendLine(CultureInfo.InvariantCulture, $"web {HostAssemblies.AspNet.GetValueOrDefault("Microsoft.AspNetCore")}")
            // Options, usings and how documentation is read are in our own code.
            .AppendLine(CultureInfo.InvariantCulture, $"host {typeof(CompileEnvironment).Module.ModuleVersionId} {typeof(AssemblyImage).Module.ModuleVersionId}")
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
            // A host that does without it: then scripts do not see it either.
            return null;
        }
    }

    // From the files: loading the compiler is what the cache is there to avoid.
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
