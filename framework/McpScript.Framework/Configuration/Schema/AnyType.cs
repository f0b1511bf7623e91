using System.Diagnostics.CodeAnalysis;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>Anything, for keys that nobody reads; the value is only that something was there.</summary>
sealed class AnyType() : SettingType<string>("anything")
{
    /// <inheritdoc/>
    public override bool TryRead(YamlValue value, string label, ReadContext context, [MaybeNullWhen(false)] out string result)
    {
        result = "";
        return true;
    }
}
