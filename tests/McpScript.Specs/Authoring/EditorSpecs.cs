using System.Reflection.Metadata;
using McpScript.FileSystem;
using McpScript.Scripting.Authoring;
using McpScript.Scripting.Compilation;
using McpScript.Testing.Processes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace McpScript.Specs.Authoring;

/// <summary><c>mcp-proxy init</c>: editors understand scripts. The specs do what OmniSharp does with these files, with its parser and compiler.</summary>
public sealed class EditorSpecs : IDisposable
{
    readonly ProxySite _site = new();

    /// <inheritdoc/>
    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task With_its_files_all_demo_scripts_and_tests_compile_as_OmniSharp_compiles_them()
    {
        await _site.SayAsync("init");
        var scripts = Directory.GetFiles(BuiltProgram.DemoPlugins, "*.csx", SearchOption.AllDirectories)
            .Where(file => !File.ReadAllText(file).Contains("nuget:")).ToList();
        Assert.True(scripts.Count > 20);
        foreach (var script in scripts)
            Assert.Empty(Compile(script, File.ReadAllText(script)).GetDiagnostics()
                .Where(found => found.Severity == DiagnosticSeverity.Error && !found.Id.StartsWith("MCP", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task With_its_files_the_names_mcp_config_and_assert_resolve_to_their_documented_types()
    {
        await _site.SayAsync("init");
        var compilation = Compile(_site["x.csx"], "mcp.Tool(\"x\", \"X.\", () => 1); config.Get(\"a\", 1); assert.True(true);");
        var model = compilation.GetSemanticModel(compilation.SyntaxTrees.Single());
        string TypeOf(string name) => model.GetTypeInfo(compilation.SyntaxTrees.Single().GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
            .OfType<IdentifierNameSyntax>().First(node => node.Identifier.Text == name), TestContext.Current.CancellationToken).Type!.ToString()!;
        Assert.Equal(["McpScript.IPluginBuilder", "McpScript.PluginConfig", "McpScript.ScriptAssertions"], new[] { "mcp", "config", "assert" }.Select(TypeOf));
        Assert.Contains(model.LookupSymbols(0), symbol => symbol.Name == "mcp");
        Assert.Contains("CS0103", Compile(_site["y.csx"], "mpc.Tool();").GetDiagnostics(TestContext.Current.CancellationToken).Select(found => found.Id));
    }

    [Fact]
    public async Task A_file_of_the_user_is_left_unchanged_and_the_output_says_what_to_add()
    {
        var own = _site.Write(".vscode/launch.json", "{ \"version\": \"0.2.0\", \"configurations\": [] }");
        var ran = await _site.RunAsync("init");
        Assert.Equal((1, ""), (ran.Code, ran.Errors));
        Assert.Contains("left     .vscode/launch.json: it has other content.", ran.Output);
        Assert.Contains("\"name\": \"Attach to mcp-proxy\"", ran.Output);
        Assert.Contains("written  omnisharp.rsp", ran.Output);
        Assert.Contains("\"configurations\": []", File.ReadAllText(own));

        Assert.Contains("kept     omnisharp.json", (await _site.RunAsync("init")).Output);
        // Ours, with the paths of another installation.
        _site.Write("omnisharp.rsp", EditorFiles.Ours + "\n/r:\"/gone.dll\"\n");
        Assert.Contains("replaced omnisharp.rsp", (await _site.RunAsync("init", "--force")).Output);
        Assert.Contains("Attach to mcp-proxy", File.ReadAllText(own));
    }

    [Fact]
    public async Task Breakpoints_find_their_files_the_symbols_carry_the_absolute_paths_and_the_hashes_of_all_scripts()
    {
        await Task.CompletedTask;
        var main = _site.Write("plugins/p/main.csx", "#load \"tools.csx\"\nmcp.Tool(\"p\", \"P.\", () => One());");
        var tools = _site.Write("plugins/p/tools.csx", "int One() => 1;");
        var image = new ScriptCompiler().Compile(new(new("p"), "folder", main, _site.Plugins), TestContext.Current.CancellationToken);
        using var symbols = MetadataReaderProvider.FromPortablePdbImage(image.Symbols);
        var reader = symbols.GetMetadataReader();
        var documents = reader.Documents.Select(handle => reader.GetDocument(handle))
            .ToDictionary(document => reader.GetString(document.Name), document => Convert.ToHexStringLower(reader.GetBlobBytes(document.Hash)));
        Assert.Equal(SourceFile.Read(main).Hash, documents[main]);
        Assert.Equal(SourceFile.Read(tools).Hash, documents[tools]);
    }

    // As OmniSharp does it: the .rsp read by the script parser, .NET's own assemblies beside it, and the globals of the command line, which know nothing of us.
    CSharpCompilation Compile(string path, string text)
    {
        var rsp = CSharpCommandLineParser.Script.Parse([$"@{_site["omnisharp.rsp"]}"], _site.Path, null);
        Assert.Empty(rsp.Errors);
        var framework = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Where(IsManaged)
            .Select(file => MetadataReference.CreateFromFile(file));
        var references = rsp.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference)).Concat(framework)
            .Append(MetadataReference.CreateFromFile(typeof(CommandLineScriptGlobals).Assembly.Location));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: rsp.CompilationOptions.Usings, allowUnsafe: true,
            sourceReferenceResolver: ScriptSourceResolver.Default, metadataReferenceResolver: ScriptMetadataResolver.Default,
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);
        return CSharpCompilation.CreateScriptCompilation("x", CSharpSyntaxTree.ParseText(text, new(
            LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script), path), references, options, globalsType: typeof(CommandLineScriptGlobals));
    }

    static bool IsManaged(string file)
    {
        try
        {
            return System.Reflection.AssemblyName.GetAssemblyName(file) is not null;
        }
        catch (BadImageFormatException)
        {
            // A native library of .NET's.
            return false;
        }
    }
}
