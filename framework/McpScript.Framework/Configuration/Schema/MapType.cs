using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>A mapping from names that the operator chooses to sections.</summary>
sealed class MapType<T>(string expected, SectionType<T> section) : SettingType<ImmutableSortedDictionary<string, T>>(expected) where T : class, new()
{
    /// <inheritdoc/>
    public override ImmutableArray<ConfigurationKey> Keys => section.Keys;

    /// <inheritdoc/>
    public override string? Member => "<name>";

    /// <inheritdoc/>
    public override JsonObject Schema => new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = section.Schema };

    /// <inheritdoc/>
    public override bool TryRead(YamlValue value, string label, ReadContext context, [NotNullWhen(true)] out ImmutableSortedDictionary<string, T>? result)
    {
        if (value is not YamlMapping mapping)
            return Refuse(value, label, context, out result);
        var read = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        var good = true;
        foreach (var entry in mapping.Entries)
            if (entry.Value is YamlScalar { IsNull: true })
                read[entry.Key] = new T();
            else if (section.TryRead(entry.Value, $"{label}.{entry.Key}", context, out var one))
                read[entry.Key] = one;
            else
                good = false;
        result = read.ToImmutable();
        return good;
    }

    /// <inheritdoc/>
    public override bool AreEqual(ImmutableSortedDictionary<string, T>? a, ImmutableSortedDictionary<string, T>? b) =>
        a is null || b is null
            ? a == b
            : a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && section.AreEqual(pair.Value, other));
}
