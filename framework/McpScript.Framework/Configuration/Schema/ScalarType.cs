using System.Diagnostics.CodeAnalysis;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>Makes something of a single value, or says that it cannot.</summary>
delegate bool ScalarParser<T>(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out T value);

/// <summary>A single value.</summary>
sealed class ScalarType<T>(string expected, ScalarParser<T> parse, bool takesEmpty = false) : SettingType<T>(expected)
{
    /// <inheritdoc/>
    public override bool TakesEmpty => takesEmpty;

    /// <summary>Makes something of a value and notes no problem if that fails.</summary>
    public bool TryParse(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out T value) => parse(scalar, context, out value);

    /// <inheritdoc/>
    public override bool TryRead(YamlValue value, string label, ReadContext context, [MaybeNullWhen(false)] out T result) =>
        value is YamlScalar scalar && parse(scalar, context, out result) || Refuse(value, label, context, out result);
}
