using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpScript.Framework.Tests.Scripting;

/// <summary>Makes small assemblies for scripts to reference.</summary>
static class Dll
{
    public static byte[] Of(string name, string code, params byte[][] references) => Emit(name, code, OutputKind.DynamicallyLinkedLibrary, references);

    public static byte[] Module(string name, string code) => Emit(name, code, OutputKind.NetModule, []);

    static byte[] Emit(string name, string code, OutputKind kind, byte[][] references)
    {
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location), .. references.Select(bytes => MetadataReference.CreateFromImage(bytes))],
            new CSharpCompilationOptions(kind, deterministic: true));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return stream.ToArray();
    }
}
