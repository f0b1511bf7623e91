using System.Collections.Immutable;

namespace McpScript.Configuration.Yaml;

/// <summary>A sequence.</summary>
sealed record YamlList(ImmutableArray<YamlValue> Items, int Line, int Column) : YamlValue(Line, Column)
{
    /// <summary>Returns a list for values from the command line.</summary>
    public static YamlList Given(IEnumerable<string> items) => new([.. items.Select(YamlScalar.Given)], 0, 0);

    /// <inheritdoc/>
    public override string Describe() => "a list";
}
