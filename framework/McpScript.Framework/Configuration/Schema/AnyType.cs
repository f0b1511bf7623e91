using System.Diagnostics.CodeAnalysis;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>Any value, for keys without effect; the result is always an empty text.</summary>
sealed class AnyType() : SettingType<string>("anything")
{
    /// <inheritdoc/>
    public override bool TryRead(YamlValue value, string label, ReadContext context, [MaybeNullWhen(false)] out string result)
    {
        result = "";
        return true;
    }
}
