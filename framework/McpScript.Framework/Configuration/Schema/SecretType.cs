using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>
/// A token or another secret. An empty one (most often an unset variable) is refused, because it would protect nothing.
/// </summary>
sealed class SecretType() : SettingType<string>("text that is not empty (in quotes, if it is a word like on or true)")
{
    /// <inheritdoc/>
    public override JsonObject Schema => SettingTypes.Text.Schema;

    /// <inheritdoc/>
    public override bool RefusesEmpty => true;

    /// <inheritdoc/>
    public override bool TryRead(YamlValue value, string label, ReadContext context, [MaybeNullWhen(false)] out string result)
    {
        if (value is not YamlScalar scalar || !string.IsNullOrWhiteSpace(scalar.Text))
            return SettingTypes.Text.TryRead(value, label, context, out result);
        var source = scalar is { Expanded: true, Line: > 0 } ? $" ('{scalar.Source}' is empty)" : "";
        context.Problem(value, $"'{label}' is empty{source}, so it would protect nothing; give it a value, or leave it out if no protection is needed");
        result = null;
        return false;
    }
}
