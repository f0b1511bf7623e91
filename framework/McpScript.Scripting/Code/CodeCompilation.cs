using System.Collections.Immutable;
using System.Runtime.InteropServices;
using McpScript.Model;
using McpScript.Scripting.Scripts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace McpScript.Scripting.Code;

/// <summary>Compiles the C# files of a folder plugin as ordinary C#, with source generators. Safe for concurrent use.</summary>
/// <param name="scripts">Options and references, which are the same as for scripts.</param>
/// <param name="generators">Runs the source generators.</param>
sealed class CodeCompilation(ScriptCompilation scripts, GeneratorRun generators)
{
    /// <summary>
    /// Returns the assembly name of a plugin's C# files. It differs from the plugin's name, which could be the name of an assembly that the plugin references.
    /// </summary>
    public static string NameOf(string plugin) => $"{plugin}.cs";

    /// <summary>Compiles the files; returns null if there are errors, which are added to <paramref name="problems"/>.</summary>
    /// <param name="location">The plugin.</param>
    /// <param name="script">Its sources; there is at least one C# file.</param>
    /// <param name="problems">Receives the errors, each with file, line and column.</param>
    /// <param name="cancellationToken">Cancels the compilation.</param>
    public CompiledCode? Compile(PluginLocation location, ScriptSources script, ICollection<PluginProblem> problems, CancellationToken cancellationToken)
    {
        var name = NameOf(location.Reference.Name);
        var trees = script.Code.Append(Prelude(location.Reference.Name, cancellationToken));
        var written = CSharpCompilation.Create(name, trees, [.. scripts.ReferencesOf(script)], scripts.Options.WithUsings());
        var generated = generators.Run(written, Generators(script, written, location.Path, problems), location.Path, problems, cancellationToken);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = generated.Emit(
            assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: $"{name}.pdb"),
            cancellationToken: cancellationToken);
        if (!result.Success)
            foreach (var problem in ScriptProblems.Of(result.Diagnostics, script.Code[0].FilePath))
                problems.Add(Explained(problem));
        if (problems.Count > 0)
            return null;
        var bytes = Bytes(assembly);
        return new(
            name, new DependencyImage(Path.GetDirectoryName(location.Path)!, bytes, Bytes(symbols)), MetadataReference.CreateFromImage(bytes),
            ScriptDocs.Of(written, cancellationToken));
    }

    static IEnumerable<SourceGenerator> Generators(ScriptSources script, CSharpCompilation written, string main, ICollection<PluginProblem> problems)
    {
        try
        {
            return [.. DotNetGenerators.For(written), .. PackageGenerators.For(script.Generators)];
        }
        catch (GeneratorLoadException e)
        {
            problems.Add(new(e.Message, ProblemCodes.GeneratorFailed, main));
            return [];
        }
    }

    // Adds the usings of scripts, and gives the script access to internal types, because C# types without a modifier are internal.
    SyntaxTree Prelude(string plugin, CancellationToken cancellationToken)
    {
        var usings = string.Concat(scripts.Options.Usings.Select(name => $"global using {name};\n"));
        var friend = SymbolDisplay.FormatLiteral(ScriptCompilation.NameOf(plugin), quote: true);
        var text = $"{usings}[assembly: System.Runtime.CompilerServices.InternalsVisibleTo({friend})]\n";
        return CSharpSyntaxTree.ParseText(SourceText.From(text, ScriptText.Encoding), CodeFiles.Parsing, "McpScript.GlobalUsings.g.cs", cancellationToken);
    }

    static PluginProblem Explained(PluginProblem problem) => problem.Code switch
    {
        "CS8805" => problem with { Message = $"{problem.Message} A .cs file of a folder plugin declares types; statements belong in main.csx." },
        "CS0103" when problem.Message.Contains("'mcp'", StringComparison.Ordinal) || problem.Message.Contains("'config'", StringComparison.Ordinal) =>
            problem with { Message = $"{problem.Message} 'mcp' and 'config' are known in main.csx only; pass what a type needs to its constructor or method." },
        _ => problem,
    };

    static ImmutableArray<byte> Bytes(MemoryStream stream) => ImmutableCollectionsMarshal.AsImmutableArray(stream.ToArray());
}
