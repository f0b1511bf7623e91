using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpScript.Scripting.Scripts;

/// <summary>Common settings of all script compilations: usings, references, options.</summary>
/// <param name="shared">Further types of the host that scripts may use.</param>
/// <param name="globals">The type whose members scripts can use by name.</param>
sealed class ScriptCompilation(IReadOnlyCollection<Type> shared, Type globals)
{
    /// <summary>Namespaces that are imported into every script.</summary>
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

    /// <summary>Parse options of scripts.</summary>
    public static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    static readonly CSharpCompilationOptions BaseOptions = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            usings: Usings,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,   // a script has all rights of the process anyway
            deterministic: true,
            nullableContextOptions: NullableContextOptions.Enable,
            // As csc and dotnet-script do: references of an assembly built for .NET 8 resolve to the current System.Runtime.
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default)
        .WithSpecificDiagnosticOptions(new Dictionary<string, ReportDiagnostic>
        {
            // Experimental APIs are compile errors. Scripts may use all of the SDK that the host serves.
            ["MCPEXP001"] = ReportDiagnostic.Suppress,
            ["MCPEXP002"] = ReportDiagnostic.Suppress,
            ["MCP9005"] = ReportDiagnostic.Suppress,
            ["MCP9006"] = ReportDiagnostic.Suppress,
        });

    readonly PortableExecutableReference[] _shared =
        [
            .. shared.Select(type => type.Assembly.Location).Distinct()
                .Where(path => HostReferences.Find(Path.GetFileNameWithoutExtension(path)) is null).Select(path => MetadataReference.CreateFromFile(path)),
        ];

    /// <summary>The assembly name of a script. Not the plugin's bare name, which could be the name of an assembly that the script references.</summary>
    /// <param name="plugin">The plugin's name.</param>
    public static string NameOf(string plugin) => $"{plugin}.csx";

    /// <summary>The compiler options, with the imported namespaces.</summary>
    public CSharpCompilationOptions Options { get; } = BaseOptions.WithUsings(Usings.Concat(shared.Select(type => type.Namespace).OfType<string>()).Distinct());

    /// <summary>References for the code of a script: .NET, the host's shared assemblies and the script's own.</summary>
    public IEnumerable<MetadataReference> ReferencesOf(ScriptSources script) =>
        [.. HostReferences.All, .. script.UsesAspNet ? HostReferences.AspNet : [], .. _shared, .. script.Assemblies.Select(dll => dll.Reference)];

    /// <summary>Creates the compilation of a script that was read without problems.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="script">The script.</param>
    /// <param name="code">The compiled C# files that belong to it; null if there are none.</param>
    public CSharpCompilation Create(string plugin, ScriptSources script, MetadataReference? code = null) => CSharpCompilation.CreateScriptCompilation(
        NameOf(plugin),
        script.Main,
        code is null ? ReferencesOf(script) : ReferencesOf(script).Append(code),
        Options.WithSourceReferenceResolver(new ReadSourceResolver(script)).WithMetadataReferenceResolver(new ReadReferenceResolver(script)),
        returnType: typeof(object),
        globalsType: globals);
}
