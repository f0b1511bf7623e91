using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpScript.Testing;

/// <summary>Makes small assemblies for scripts to reference.</summary>
public static class Dll
{
    /// <summary>The bytes of a library.</summary>
    public static byte[] Of(string name, string code)
    {
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(code)], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], new(OutputKind.DynamicallyLinkedLibrary, deterministic: true));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        return result.Success ? stream.ToArray() : throw new ArgumentException(string.Join('\n', result.Diagnostics), nameof(code));
    }
}
