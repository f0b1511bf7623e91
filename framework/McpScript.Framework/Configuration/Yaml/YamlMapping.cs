using System.Collections.Immutable;

namespace McpScript.Configuration.Yaml;

/// <summary>A mapping in the order of the document, without duplicate keys.</summary>
sealed record YamlMapping(ImmutableArray<YamlEntry> Entries, int Line, int Column) : YamlValue(Line, Column)
{
    /// <inheritdoc/>
    public override string Describe() => "a mapping";
}
