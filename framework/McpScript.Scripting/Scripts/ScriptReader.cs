using System.Collections.Frozen;
using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace McpScript.Scripting.Scripts;

/// <summary>Reads a script and, through its directives, all files that belong to it. One instance reads one script.</summary>
/// <param name="cache">Metadata of referenced assemblies.</param>
/// <param name="packages">The packages that the script may use; null for none.</param>
/// <param name="files">Content of recently read files; null to read them always.</param>
/// <param name="cancellationToken">Cancels the reading.</param>
sealed class ScriptReader(PrivateAssemblyCache cache, ScriptPackages? packages, FileHashCache? files, CancellationToken cancellationToken)
{
    readonly List<SourceFile> _files = [];
    readonly List<PluginProblem> _problems = [];
    readonly List<SyntaxTree> _trees = [];
    readonly Dictionary<string, SourceText?> _loaded = [];
    readonly Queue<LoadDirectiveTriviaSyntax> _loads = new();
    readonly List<ReferenceDirectiveTriviaSyntax> _references = [];

    /// <summary>Reads all files; problems are in <see cref="ScriptSources.Problems"/>.</summary>
    public ScriptSources Read(PluginLocation location)
    {
        var path = location.Path;
        var text = ReadText(path, why => new PluginProblem($"The script cannot be read: {why}.", ProblemCodes.Unreadable, path));
        var main = Parse(path, text ?? SourceText.From(""));
        while (_loads.TryDequeue(out var directive))
            Load(directive, path);

        var graph = GetPackages();
        var assemblies = new AssemblyReader(cache, cancellationToken).Read(_references, graph);
        _problems.AddRange(assemblies.Problems);
        var code = CodeFiles.Of(location, files, cancellationToken);
        _problems.AddRange(code.Problems);
        // The declarations of a missing file are missing too, so that only syntax errors are reliable.
        if (_problems.Count > 0)
            _problems.AddRange(ScriptProblems.Of(_trees.Concat(code.Trees).SelectMany(tree => tree.GetDiagnostics(cancellationToken)), path));
        return new ScriptSources
        {
            Main = main,
            Code = code.Trees,
            Generators = GeneratorsOf(graph),
            Loaded = _loaded.Where(file => file.Value is not null).ToFrozenDictionary(file => file.Key, file => file.Value!),
            References = assemblies.References.ToFrozenDictionary(),
            Assemblies = [.. assemblies.Assemblies],
            RequestedPackages = ScriptPackages.RequestedBy(_references.Where(ScriptPackages.IsPackage)),
            Packages = graph.Contents(),
            NativeLibraries = graph.NativeLibraries,
            Satellites = assemblies.Satellites,
            UsesAspNet = assemblies.UsesAspNet,
            Files = [.. _files, .. code.Files, .. assemblies.Files],
            Problems = [.. _problems],
        };
    }

    // Only of packages that the script names: generators of their dependencies do not apply, as in a project.
    ImmutableArray<PackageGenerator> GeneratorsOf(PackageGraph graph)
    {
        var named = _references.Where(ScriptPackages.IsPackage).Select(ScriptPackages.IdOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. graph.Generators.Where(generator => named.Contains(generator.Package))];
    }

    PackageGraph GetPackages()
    {
        var directives = _references.Where(ScriptPackages.IsPackage).ToList();
        if (directives.Count == 0)
            return PackageGraph.Empty;
        if (packages is not null)
            return packages.Get(directives, _problems, cancellationToken);
        _problems.Add(ScriptProblems.At(
            directives[0].File.GetLocation(), ProblemCodes.PackageReference,
            "This host fetches no packages. Put the package's DLLs beside the script and write #r \"x.dll\"."));
        return PackageGraph.Empty;
    }

    void Load(LoadDirectiveTriviaSyntax directive, string main)
    {
        var place = directive.File.GetLocation();
        var path = ReadSourceResolver.PathOf(directive.File.ValueText, directive.SyntaxTree.FilePath);
        if (path == main)
        {
            _problems.Add(ScriptProblems.At(
                place, ProblemCodes.LoadsItself,
                $"This loads '{Path.GetFileName(main)}', which is the script itself. Move what both need into a file of its own, and load that."));
            return;
        }

        // A file that is loaded twice counts once, as it does for the compiler.
        if (_loaded.ContainsKey(path))
            return;
        var text = ReadText(path, why => ScriptProblems.At(
            place, ProblemCodes.Unreadable,
            $"'{directive.File.ValueText}' cannot be loaded: {why}. Create the file, or correct the path; it is relative to the file with the #load."));
        _loaded.Add(path, text);
        if (text is not null)
            Parse(path, text);
    }

    SourceText? ReadText(string path, Func<string, PluginProblem> unreadable)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var content = files?.ReadContent(path) ?? FileContent.Read(path);
        _files.Add(content.File);
        var (text, problem) = content.Bytes is null ? (null, unreadable(content.Why!)) : ScriptText.Decode(path, content.Bytes);
        if (problem is not null)
            _problems.Add(problem);
        return text;
    }

    SyntaxTree Parse(string path, SourceText text)
    {
        var tree = CSharpSyntaxTree.ParseText(text, ScriptCompilation.Parsing, path, cancellationToken);
        var root = tree.GetCompilationUnitRoot(cancellationToken);
        _trees.Add(tree);
        // Directives without a file name are syntax errors. Those in a false #if are followed, as the compiler follows them.
        foreach (var load in root.GetLoadDirectives().Where(load => load.File.ValueText.Length > 0))
            _loads.Enqueue(load);
        _references.AddRange(root.GetReferenceDirectives().Where(reference => reference.File.ValueText.Length > 0));
        return tree;
    }
}
