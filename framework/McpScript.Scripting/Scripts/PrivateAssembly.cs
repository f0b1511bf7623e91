using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Scripts;

/// <summary>An assembly of the script's own.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Path">Where it was read from.</param>
/// <param name="Needs">The assemblies that it refers to.</param>
/// <param name="Content">The bytes that were read.</param>
/// <param name="Reference">Its metadata, over these bytes.</param>
sealed record PrivateAssembly(string Name, string Path, ImmutableArray<AssemblyName> Needs, ImmutableArray<byte> Content, PortableExecutableReference Reference)
{
    /// <summary>True if it is only compiled against.</summary>
    public bool IsReferenceOnly { get; init; }
}
