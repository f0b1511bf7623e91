using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace McpScript.Testing;

/// <summary>Compiles small assemblies.</summary>
public static class Dll
{
    const string Usings = """
        global using System; global using System.Collections.Generic; global using System.ComponentModel; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks; global using McpScript; global using ModelContextProtocol.Server;
        """;

    static readonly Lazy<MetadataReference[]> All = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Distinct()
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>Compiles a library for scripts to reference; returns the bytes of the DLL.</summary>
    public static byte[] Of(string name, string code) =>
        Emit(CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(code)], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], Options)).Assembly;

    /// <summary>Compiles a library with the references that plugins have; common usings are implicit.</summary>
    /// <param name="name">Name of the assembly.</param>
    /// <param name="code">Source code, in the symbols as <c>/src/name.cs</c>.</param>
    /// <param name="references">Additional libraries.</param>
    public static BuiltDll Build(string name, string code, params byte[][] references)
    {
        var parsing = new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose);
        var own = references.Select(bytes => MetadataReference.CreateFromImage(bytes)).ToList();
        // A given library replaces the host's library of the same name.
        var names = own.Select(reference => ((AssemblyMetadata)reference.GetMetadata()).GetModules()[0].Name).ToHashSet();
        return Emit(CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Usings, parsing), CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), parsing, $"/src/{name}.cs")],
            [.. All.Value.Where(reference => !names.Contains(Path.GetFileName(reference.Display!))), .. own],
            Options));
    }

    /// <summary>Compiles a library with translated texts: the neutral texts in the library, the others in satellite assemblies.</summary>
    /// <param name="name">Name of the assembly; the base name of the resources is <c>name.Strings</c>.</param>
    /// <param name="code">Source code.</param>
    /// <param name="texts">Text of the key <c>Hi</c> by culture; <c>""</c> is the neutral culture.</param>
    public static (BuiltDll Main, IReadOnlyDictionary<string, byte[]> Satellites) BuildTranslated(
        string name, string code, IReadOnlyDictionary<string, string> texts)
    {
        var main = Emit(
            CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(Usings), CSharpSyntaxTree.ParseText(code)], All.Value, Options),
            Resource($"{name}.Strings", texts[""]));
        var satellites = texts.Where(text => text.Key.Length > 0).ToDictionary(text => text.Key, text => Satellite(name, text.Key, text.Value));
        return (main, satellites);
    }

    /// <summary>Compiles a satellite assembly of such a library.</summary>
    public static byte[] Satellite(string name, string culture, string text)
    {
        var attribute = CSharpSyntaxTree.ParseText($"[assembly: System.Reflection.AssemblyCulture(\"{culture}\")]");
        return Emit(CSharpCompilation.Create($"{name}.resources", [attribute], All.Value, Options), Resource($"{name}.Strings.{culture}", text)).Assembly;
    }

    static ResourceDescription Resource(string name, string text)
    {
        var bytes = new MemoryStream();
        using (var writer = new System.Resources.ResourceWriter(bytes))
        {
            writer.AddResource("Hi", text);
            writer.Generate();
        }
        return new($"{name}.resources", () => new MemoryStream(bytes.ToArray()), isPublic: true);
    }

    static CSharpCompilationOptions Options { get; } = new(OutputKind.DynamicallyLinkedLibrary, deterministic: true);

    static BuiltDll Emit(CSharpCompilation compilation, params ResourceDescription[] resources)
    {
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        using var documentation = new MemoryStream();
        var options = new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb);
        var result = compilation.Emit(assembly, symbols, documentation, manifestResources: resources, options: options);
        return result.Success
            ? new(compilation.AssemblyName!, assembly.ToArray(), symbols.ToArray(), documentation.ToArray())
            : throw new ArgumentException(
                string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)), nameof(compilation));
    }
}
