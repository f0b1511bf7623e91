using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Code;

/// <summary>A source generator and its origin.</summary>
/// <param name="Generator">The generator.</param>
/// <param name="Name">Its type's name.</param>
/// <param name="Origin">Its origin, for error texts: <c>.NET</c>, or a package with its version.</param>
sealed record SourceGenerator(ISourceGenerator Generator, string Name, string Origin);
