using System.Collections.Immutable;
using McpScript.Model;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Code;

/// <summary>The C# files of a folder plugin, compiled into an assembly that its entry script references.</summary>
/// <param name="Name">The assembly's simple name.</param>
/// <param name="Image">Its bytes and symbols.</param>
/// <param name="Reference">Its metadata, for the script's compilation.</param>
/// <param name="Docs">Its XML comments, by <see cref="MemberDoc.KeyOf(string, string, IEnumerable{string})"/>.</param>
sealed record CompiledCode(string Name, DependencyImage Image, PortableExecutableReference Reference, ImmutableDictionary<string, MemberDoc> Docs);
