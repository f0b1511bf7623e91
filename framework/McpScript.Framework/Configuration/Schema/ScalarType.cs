using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>Converts a single value; returns false if that is not possible.</summary>
delegate bool ScalarParser<T>(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out T value);

/// <summary>A single value.</summary>
/// <param name="expected">Description of the expected value.</param>
/// <param name="parse">Converts the value.</param>
/// <param name="takesEmpty">True if an empty text is a valid value.</param>
/// <param name="schema">The JSON Schema of the values; null for text.</param>
sealed class ScalarType<T>(string expected, ScalarParser<T> parse, bool takesEmpty = false, JsonObject? schema = null) : SettingType<T>(expected)
{
    /// <inheritdoc/>
    public override bool TakesEmpty => takesEmpty;

    /// <inheritdoc/>
    public override JsonObject Schema => schema is null
        ? new() { ["type"] = new JsonArray("string", "number") }
        // Every single value can be a variable, too.
        : new() { ["anyOf"] = new JsonArray(schema.DeepClone(), new JsonObject { ["type"] = "string", ["pattern"] = @"\$\{" }) };

    /// <summary>Converts a value, without adding a problem if that fails.</summary>
    public bool TryParse(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out T value) => parse(scalar, context, out value);

    /// <inheritdoc/>
    public override bool TryRead(YamlValue value, string label, ReadContext context, [MaybeNullWhen(false)] out T result) =>
        value is YamlScalar scalar && parse(scalar, context, out result) || Refuse(value, label, context, out result);
}
