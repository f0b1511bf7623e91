using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpScript.Scripting;

/// <summary>What every script is compiled with: usings, references, options.</summary>
/// <param name="shared">Types of the host that scripts may use besides.</param>
/// <param name="globals">The type whose members scripts see as names of their own.</param>
sealed class ScriptCompilation(IReadOnlyCollection<Type> shared, Type globals)
{
    /// <summary>The namespaces that a script need not name.</summary>
    public static readonly string[] Usings =
    [
        "System",
        "System.Collections.Generic",
        "System.ComponentModel",
        "System.IO",
        "System.Linq",
        "System.Net.Http",
        "System.Text",
        "System.Text.Json",
        "System.Threading",
        "System.Threading.Tasks",
        "McpScript",
        "Microsoft.Extensions.AI",
        "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Logging",
        "ModelContextProtocol",
        "ModelContextProtocol.Protocol",
        "ModelContextProtocol.Server",
    ];

    /// <summary>How scripts are parsed.</summary>
    public static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    static readonly CSharpCompilationOptions Options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            usings: Usings,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,   // a script has all rights of the process anyway
            deterministic: true,
            nullableContextOptions: NullableContextOptions.Enable,
            // As csc and dotnet-script do: an assembly built for .NET 8 means our System.Runtime, too.
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default)
        .WithSpecificDiagnosticOptions(new Dictionary<string, ReportDiagnostic>
        {
            // Experimental is an error to the compiler. Scripts may use all of the SDK that we serve, as we do ourselves.
            ["MCPEXP001"] = ReportDiagnostic.Suppress,
            ["MCPEXP002"] = ReportDiagnostic.Suppress,
            ["MCP9005"] = ReportDiagnostic.Suppress,
            ["MCP9006"] = ReportDiagnostic.Suppress,
        });

    readonly PortableExecutableReference[] _shared =
        [.. shared.Select(type => type.Assembly.Location).Distinct().Where(path => HostReferences.Find(Path.GetFileNameWithoutExtension(path)) is null).Select(path => MetadataReference.CreateFromFile(path))];

    readonly CSharpCompilationOptions _options = Options.WithUsings(Usings.Concat(shared.Select(type => type.Namespace).OfType<string>()).Distinct());

    /// <summary>The compilation of a script that was read without problems.</summary>
    public CSharpCompilation Create(string assemblyName, ScriptSources script) => CSharpCompilation.CreateScriptCompilation(
        assemblyName,
        script.Main,
        [.. HostReferences.All, .. script.UsesAspNet ? HostReferences.AspNet : [], .. _shared, .. script.Assemblies.Select(dll => dll.Reference)],
        _options.WithSourceReferenceResolver(new ReadSourceResolver(script)).WithMetadataReferenceResolver(new ReadReferenceResolver(script)),
        returnType: typeof(object),
        globalsType: globals);
}
