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

    /// <summary>A library with translated texts: the neutral ones in it, the others in satellite assemblies.</summary>
    /// <param name="name">Its assembly name; the texts are those of <c>name.Strings</c>.</param>
    /// <param name="code">Its source.</param>
    /// <param name="texts">The text with the key <c>Hi</c> of each culture; that of <c>""</c> is the neutral one.</param>
    public static (BuiltDll Main, IReadOnlyDictionary<string, byte[]> Satellites) BuildTranslated(string name, string code, IReadOnlyDictionary<string, string> texts)
    {
        var main = Emit(CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(Usings), CSharpSyntaxTree.ParseText(code)], s_all.Value, Options), Resource($"{name}.Strings", texts[""]));
        var satellites = texts.Where(text => text.Key.Length > 0).ToDictionary(text => text.Key, text => Satellite(name, text.Key, text.Value));
        return (main, satellites);
    }

    /// <summary>A satellite assembly of such a library.</summary>
    public static byte[] Satellite(string name, string culture, string text) => Emit(
        CSharpCompilation.Create($"{name}.resources", [CSharpSyntaxTree.ParseText($"[assembly: System.Reflection.AssemblyCulture(\"{culture}\")]")], s_all.Value, Options),
        Resource($"{name}.Strings.{culture}", text)).Assembly;

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
        var result = compilation.Emit(assembly, symbols, documentation, manifestResources: resources, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        return result.Success
            ? new(compilation.AssemblyName!, assembly.ToArray(), symbols.ToArray(), documentation.ToArray())
            : throw new ArgumentException(string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)), nameof(compilation));
    }
}
