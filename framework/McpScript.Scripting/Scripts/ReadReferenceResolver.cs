using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Scripts;

/// <summary>Resolves the compiler's <c>#r</c> directives to the assemblies that were read.</summary>
/// <remarks>Not Roslyn's ScriptMetadataResolver, which reads files itself, so not the hashed bytes, and finds every package of the host.</remarks>
sealed class ReadReferenceResolver(ScriptSources script) : MetadataReferenceResolver
{
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        script.References.TryGetValue(new ReferenceDirective(baseFilePath ?? "", reference), out var found) ? [found] : [];

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => script.References.GetHashCode();
}
