using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Scripting.Code;
using McpScript.Scripting.Scripts;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace McpScript.Scripting.Compilation;

/// <summary>Compiles scripts with Roslyn, in memory and without running anything. One instance serves all plugins. Thread-safe.</summary>
/// <param name="shared">Types of the host that plugins receive as services: scripts see their assemblies, and need not import their namespaces.</param>
/// <param name="packages">The packages that scripts may use; null for none.</param>
/// <param name="globals">The type whose members scripts can use by name; null for <see cref="ScriptGlobals"/>.</param>
/// <param name="files">Content of recently read files; null to read them always. A caller that passes it checks the files again.</param>
sealed class ScriptCompiler(
    IReadOnlyCollection<Type>? shared = null, ScriptPackages? packages = null, Type? globals = null, FileHashCache? files = null) : IScriptCompiler
{
    // Uses what scripts usually contain, so that little is left to jit for the first real script.
    const string WarmUpScript = """
        /// <summary>Greets.</summary>
        /// <param name="name">The name to greet.</param>
        [McpServerTool]
        string greet([Description("The name to greet.")] string name) => $"Hello, {name}!";
        record Answer(int Value, string? Note = null);
        mcp.Tool("later", "", async (int n, CancellationToken ct) => { await Task.Delay(n, ct); return new Answer(n); });
        mcp.Resource("warm://up", () => string.Join(",", config.Keys.Select(key => key.Length).Where(n => n > 0)));
        """;

    // Created at the first compilation: with a compile cache that may be never, and then the compiler is not even loaded.
    readonly Lazy<PrivateAssemblyCache> _assemblies = new(() => new());
    readonly Lazy<ScriptCompilation> _compilation = new(() => new(shared ?? [], globals ?? typeof(ScriptGlobals)));
    readonly GeneratorRun _generators = new();

    /// <inheritdoc/>
    public AssemblyImage Compile(PluginLocation location, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var script = new ScriptReader(_assemblies.Value, packages, files, cancellationToken).Read(location);
        var reading = Stopwatch.GetElapsedTime(started);
        if (script.Problems.Length > 0)
            throw Failed(location, script, script.Problems);
        return Compile(location, script, cancellationToken) with { Reading = reading };
    }

    /// <summary>Compiles a small script in the background, so that the first edit does not pay for starting the compiler (more than a second).</summary>
    public Task WarmUpAsync(CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            var path = Path.Combine(Path.GetTempPath(), "warm-up.csx");   // a name for the PDB; nothing is read or written there
            var script = ScriptSources.OfText(path, SourceText.From(WarmUpScript, ScriptText.Encoding));
            Compile(new PluginLocation(new PluginReference("warm-up"), "script", path, Path.GetTempPath()), script, cancellationToken);
        },
        cancellationToken);

    AssemblyImage Compile(PluginLocation location, ScriptSources script, CancellationToken cancellationToken)
    {
        var code = CompileCode(location, script, cancellationToken);
        var compilation = _compilation.Value.Create(location.Reference.Name, script, code?.Reference);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(
            assembly,
            symbols,
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: $"{location.Reference.Name}.pdb"),
            cancellationToken: cancellationToken);

        var ungenerated = GeneratorAttributes.Find(compilation.SyntaxTrees, location.Reference.Name);
        if (!result.Success || ungenerated.Length > 0)
            throw Failed(location, script, Problems(result, location, ungenerated));
        var dependencies = script.Assemblies.Where(dll => !dll.IsReferenceOnly)
            .ToImmutableDictionary(dll => dll.Name, dll => DependencyImage.Of(dll.Path, dll.Content), StringComparer.OrdinalIgnoreCase);
        var docs = ScriptDocs.Of(compilation, cancellationToken);
        return new AssemblyImage
        {
            Location = location,
            Assembly = Bytes(assembly),
            Symbols = Bytes(symbols),
            Files = script.Files,
            Script = new ScriptEntry(compilation.ScriptClass!.MetadataName, compilation.GetEntryPoint(cancellationToken)!.MetadataName),
            Dependencies = code is null ? dependencies : dependencies.SetItem(code.Name, code.Image),
            AlsoOffering = code is null ? [] : [code.Name],
            Satellites = script.Satellites,
            // Not copied, because a package's files are never replaced.
            NativeLibraries = script.NativeLibraries.DistinctBy(Path.GetFileName).ToImmutableDictionary(path => Path.GetFileName(path)),
            RequestedPackages = script.RequestedPackages,
            Packages = script.Packages,
            Docs = code is null ? docs : docs.SetItems(code.Docs),
        };
    }

    CompiledCode? CompileCode(PluginLocation location, ScriptSources script, CancellationToken cancellationToken)
    {
        if (script.Code.IsEmpty)
            return null;
        var problems = new List<PluginProblem>();
        // The script is not compiled in that case: without these types, most of its errors would be wrong.
        return new CodeCompilation(_compilation.Value, _generators).Compile(location, script, problems, cancellationToken)
            ?? throw Failed(location, script, [.. problems]);
    }

    static ImmutableArray<PluginProblem> Problems(EmitResult result, PluginLocation location, ImmutableArray<PluginProblem> ungenerated)
    {
        var path = location.Path;
        var problems = ScriptProblems.Of(result.Diagnostics, path);
        if (ungenerated.Length > 0)
            return [.. ungenerated, .. problems.Where(problem => !GeneratorAttributes.IsConsequence(problem))];
        // A script without any code fails without a diagnostic.
        return problems.Length > 0
            ? [.. problems.Select(problem => GeneratorAttributes.Explained(problem, location.Reference.Name))]
            : [new(
                "The script registers nothing: there is no code in it. To offer a tool: mcp.Tool(\"echo\", \"Echo a text.\", (string text) => text);",
                ProblemCodes.Empty, path)];
    }

    static ImmutableArray<byte> Bytes(MemoryStream stream) => ImmutableCollectionsMarshal.AsImmutableArray(stream.ToArray());

    static PluginLoadException Failed(PluginLocation location, ScriptSources script, ImmutableArray<PluginProblem> problems) =>
        new(location.Reference, PluginStage.Compile, problems) { Files = script.Files };
}
