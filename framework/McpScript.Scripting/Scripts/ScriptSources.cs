using System.Collections.Frozen;
using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace McpScript.Scripting.Scripts;

/// <summary>A script as it was read, with everything that it loads and references; the compiler uses exactly these bytes. Immutable.</summary>
sealed record ScriptSources
{
    /// <summary>The script itself.</summary>
    public required SyntaxTree Main { get; init; }

    /// <summary>The text of each <c>#load</c>ed file, by absolute path.</summary>
    public FrozenDictionary<string, SourceText> Loaded { get; init; } = FrozenDictionary<string, SourceText>.Empty;

    /// <summary>The C# files of the script's folder, which are compiled before it.</summary>
    public ImmutableArray<SyntaxTree> Code { get; init; } = [];

    /// <summary>The source generators of the packages that the script names.</summary>
    public ImmutableArray<PackageGenerator> Generators { get; init; } = [];

    /// <summary>The reference of each <c>#r</c>.</summary>
    public FrozenDictionary<ReferenceDirective, PortableExecutableReference> References { get; init; } =
        FrozenDictionary<ReferenceDirective, PortableExecutableReference>.Empty;

    /// <summary>The script's own assemblies: those that it references, and their dependencies in the same folders.</summary>
    public ImmutableArray<PrivateAssembly> Assemblies { get; init; } = [];

    /// <inheritdoc cref="AssemblyImage.RequestedPackages"/>
    public ImmutableArray<string> RequestedPackages { get; init; } = [];

    /// <inheritdoc cref="AssemblyImage.Packages"/>
    public ImmutableArray<string> Packages { get; init; } = [];

    /// <summary>Paths of the native libraries of the script's packages.</summary>
    public ImmutableArray<string> NativeLibraries { get; init; } = [];

    /// <summary>Satellites of the script's assemblies, by culture and name.</summary>
    public ImmutableDictionary<string, DependencyImage> Satellites { get; init; } = ImmutableDictionary<string, DependencyImage>.Empty;

    /// <summary>True if the script, or an assembly of its own, references ASP.NET Core.</summary>
    public bool UsesAspNet { get; init; }

    /// <summary>Every file that was read or is missing.</summary>
    public ImmutableArray<SourceFile> Files { get; init; } = [];

    /// <summary>Problems that prevent compilation; empty if there are none.</summary>
    public ImmutableArray<PluginProblem> Problems { get; init; } = [];

    /// <summary>Creates a script that loads and references nothing.</summary>
    public static ScriptSources OfText(string path, SourceText text) => new() { Main = CSharpSyntaxTree.ParseText(text, ScriptCompilation.Parsing, path) };
}
