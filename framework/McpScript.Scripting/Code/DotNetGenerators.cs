using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;

namespace McpScript.Scripting.Code;

/// <summary>.NET's own source generators, which are embedded in this assembly and loaded when a plugin first uses one. Safe for concurrent use.</summary>
static class DotNetGenerators
{
    const string Folder = "generators/";

    // The attribute of each generator: a generator whose attribute is not used need not run, or be loaded.
    static readonly (string Attribute, Lazy<ImmutableArray<SourceGenerator>> Generators)[] All =
    [
        ("JsonSerializable", Load("System.Text.Json.SourceGeneration")),
        ("GeneratedRegex", Load("System.Text.RegularExpressions.Generator")),
        ("LoggerMessage", Load("Microsoft.Extensions.Logging.Generators")),
        ("LibraryImport", Load("Microsoft.Interop.LibraryImportGenerator")),
    ];

    static readonly GeneratorContext Context = new();

    /// <summary>The names of the attributes that these generators implement.</summary>
    public static IEnumerable<string> Attributes => All.Select(entry => entry.Attribute);

    /// <summary>Returns true for the name of an assembly that is embedded here.</summary>
    public static bool Has(string assembly) => typeof(DotNetGenerators).Assembly.GetManifestResourceInfo($"{Folder}{assembly}.dll") is not null;

    /// <summary>Returns the generators whose attributes occur in a compilation.</summary>
    public static IEnumerable<SourceGenerator> For(CSharpCompilation compilation)
    {
        var texts = compilation.SyntaxTrees.Select(tree => tree.GetText().ToString()).ToList();
        return All.Where(entry => texts.Any(text => text.Contains(entry.Attribute, StringComparison.Ordinal))).SelectMany(entry => entry.Generators.Value);
    }

    static Lazy<ImmutableArray<SourceGenerator>> Load(string name) =>
        new(() => GeneratorAssembly.GeneratorsIn(Context.LoadFromAssemblyName(new AssemblyName(name)), ".NET"));

    // Roslyn and .NET come from the host; the embedded assemblies are loaded here.
    sealed class GeneratorContext() : AssemblyLoadContext("generators of .NET")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            using var content = typeof(DotNetGenerators).Assembly.GetManifestResourceStream($"{Folder}{assemblyName.Name}.dll");
            return content is null ? null : LoadFromStream(content);
        }
    }
}
