using System.Collections.Frozen;
using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace McpScript.Scripting.Scripts;

/// <summary>A script as it was read, with all that it loads and references; the compiler gets these bytes and no others.</summary>
sealed record ScriptSources
{
    /// <summary>The script itself.</summary>
    public required SyntaxTree Main { get; init; }

    /// <summary>The text of each <c>#load</c>ed file, by absolute path.</summary>
    public FrozenDictionary<string, SourceText> Loaded { get; init; } = FrozenDictionary<string, SourceText>.Empty;

    /// <summary>The C# files of its folder, which are compiled before it.</summary>
    public ImmutableArray<SyntaxTree> Code { get; init; } = [];

    /// <summary>The source generators of the packages that it references by name.</summary>
    public ImmutableArray<PackageGenerator> Generators { get; init; } = [];

    /// <summary>What each <c>#r</c> stands for.</summary>
    public FrozenDictionary<ReferenceDirective, PortableExecutableReference> References { get; init; } =
        FrozenDictionary<ReferenceDirective, PortableExecutableReference>.Empty;

    /// <summary>The script's own assemblies: those it references, and what these need from their folder.</summary>
    public ImmutableArray<PrivateAssembly> Assemblies { get; init; } = [];

    /// <inheritdoc cref="AssemblyImage.PackagesAsked"/>
    public ImmutableArray<string> PackagesAsked { get; init; } = [];

    /// <inheritdoc cref="AssemblyImage.Packages"/>
    public ImmutableArray<string> Packages { get; init; } = [];

    /// <summary>The paths of the native libraries that come with its packages.</summary>
    public ImmutableArray<string> NativeLibraries { get; init; } = [];

    /// <summary>Satellite assemblies of these, by culture and name.</summary>
    public ImmutableDictionary<string, DependencyImage> Satellites { get; init; } = ImmutableDictionary<string, DependencyImage>.Empty;

    /// <summary>True if it, or an assembly of its own, refers to ASP.NET Core.</summary>
    public bool UsesAspNet { get; init; }

    /// <summary>Every file that was read or looked for.</summary>
    public ImmutableArray<SourceFile> Files { get; init; } = [];

    /// <summary>Why it cannot be compiled; empty if it can be tried.</summary>
    public ImmutableArray<PluginProblem> Problems { get; init; } = [];

    /// <summary>A script that loads and references nothing.</summary>
    public static ScriptSources OfText(string path, SourceText text) => new() { Main = CSharpSyntaxTree.ParseText(text, ScriptCompilation.Parsing, path) };
}
