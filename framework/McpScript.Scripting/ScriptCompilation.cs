using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpScript.Scripting;

/// <summary>What every script is compiled with: usings, references, options.</summary>
static class ScriptCompilation
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

    /// <summary>The compilation of a script that was read without problems.</summary>
    public static CSharpCompilation Create(string assemblyName, ScriptSources script) => CSharpCompilation.CreateScriptCompilation(
        assemblyName,
        script.Main,
        [.. HostReferences.All, .. script.Assemblies.Select(dll => dll.Reference)],
        Options.WithSourceReferenceResolver(new ReadSourceResolver(script)).WithMetadataReferenceResolver(new ReadReferenceResolver(script)),
        returnType: typeof(object),
        globalsType: typeof(ScriptGlobals));
}
