using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting;

/// <summary>An assembly of the script's own.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Path">Where it was read from.</param>
/// <param name="Needs">The assemblies that it refers to.</param>
/// <param name="Reference">Its metadata, over the bytes that were read.</param>
sealed record PrivateAssembly(string Name, string Path, ImmutableArray<AssemblyName> Needs, PortableExecutableReference Reference);
