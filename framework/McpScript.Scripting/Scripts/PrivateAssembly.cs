using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Scripts;

/// <summary>An assembly that belongs to a script.</summary>
/// <param name="Name">Simple name of the assembly.</param>
/// <param name="Path">Path of the file that it was read from.</param>
/// <param name="Needs">The assemblies that it references.</param>
/// <param name="Content">The bytes that were read.</param>
/// <param name="Reference">Compiler reference to these bytes.</param>
sealed record PrivateAssembly(string Name, string Path, ImmutableArray<AssemblyName> Needs, ImmutableArray<byte> Content, PortableExecutableReference Reference)
{
    /// <summary>True if it is only used for compilation.</summary>
    public bool IsReferenceOnly { get; init; }
}
