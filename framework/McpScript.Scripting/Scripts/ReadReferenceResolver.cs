using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Scripts;

/// <summary>Answers the compiler's <c>#r</c> with what was read.</summary>
/// <remarks>Not Roslyn's ScriptMetadataResolver: it reads files by itself, so not what we hashed, and finds every package that the host is made of.</remarks>
sealed class ReadReferenceResolver(ScriptSources script) : MetadataReferenceResolver
{
    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        script.References.TryGetValue(new ReferenceDirective(baseFilePath ?? "", reference), out var found) ? [found] : [];

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => script.References.GetHashCode();
}
