using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace McpScript.Testing;

/// <summary>Makes small assemblies.</summary>
public static class Dll
{
    const string Usings = """
        global using System; global using System.Collections.Generic; global using System.ComponentModel; global using System.Linq; global using System.Threading;
        global using System.Threading.Tasks; global using McpScript; global using ModelContextProtocol.Server;
        """;

    static readonly Lazy<MetadataReference[]> s_all = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Distinct().Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>The bytes of a library for scripts to reference.</summary>
    public static byte[] Of(string name, string code) =>
        Emit(CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(code)], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], Options)).Assembly;

    /// <summary>A library as a build leaves it, that may use all that plugins may; common usings need not be written.</summary>
    /// <param name="name">Its assembly name.</param>
    /// <param name="code">Its source, which debuggers know as <c>/src/name.cs</c>.</param>
    /// <param name="references">Libraries that it uses besides.</param>
    public static BuiltDll Build(string name, string code, params byte[][] references)
    {
        var parsing = new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose);
        var own = references.Select(bytes => MetadataReference.CreateFromImage(bytes)).ToList();
        // What is given by hand stands for what the host has of that name.
        var names = own.Select(reference => ((AssemblyMetadata)reference.GetMetadata()).GetModules()[0].Name).ToHashSet();
        return Emit(CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Usings, parsing), CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), parsing, $"/src/{name}.cs")],
            [.. s_all.Value.Where(reference => !names.Contains(Path.GetFileName(reference.Display!))), .. own],
            Options));
    }

    static CSharpCompilationOptions Options { get; } = new(OutputKind.DynamicallyLinkedLibrary, deterministic: true);

    static BuiltDll Emit(CSharpCompilation compilation)
    {
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        using var documentation = new MemoryStream();
        var result = compilation.Emit(assembly, symbols, documentation, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        return result.Success
            ? new(compilation.AssemblyName!, assembly.ToArray(), symbols.ToArray(), documentation.ToArray())
            : throw new ArgumentException(string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)), nameof(compilation));
    }
}
