using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using McpScript.Configuration.Schema;
using McpScript.Configuration.Yaml;
using static McpScript.Configuration.Schema.KeyTable<McpScript.Configuration.PluginEntry>;
using static McpScript.Configuration.Schema.SettingTypes;

namespace McpScript.Configuration;

/// <summary>The table of those keys of <c>plugins.&lt;name&gt;</c> that are for the host.</summary>
static partial class PluginKeys
{
    static readonly SettingType<PluginPrefix> s_prefix = new ScalarType<PluginPrefix>(
        "text of letters, digits, '_', '.' or '-', or false for none, or true for the plugin's name", TryPrefix, takesEmpty: true,
        schema: new() { ["type"] = new System.Text.Json.Nodes.JsonArray("string", "boolean") });

    /// <summary>The values of <c>unknown_arguments</c>, which is a key for all plugins too.</summary>
    public static ScalarType<UnknownArgumentRule> UnknownArguments { get; } = Word(("refuse", UnknownArgumentRule.Refuse), ("ignore", UnknownArgumentRule.Ignore));

    /// <summary>All of them.</summary>
    public static SectionType<PluginEntry> All { get; } = new(
        "a mapping",
        [
            Key("enabled", Switch, p => p.Enabled, (p, v) => p with { Enabled = v }, "true",
                "False keeps the plugin from being loaded."),
            Key("prefix", s_prefix, p => p.Prefix, (p, v) => p with { Prefix = v }, null,
                "What the names of its tools begin with, an underscore after it; by default what 'auto_prefix' says, of a package the last part of its id."),
            Key("path", FilePath, p => p.Path, (p, v) => p with { Path = v }, null,
                "A script, a DLL, or a folder with one of them, relative to this file; it wins over what the plugin folders have of that name."),
            Key("unknown_arguments", Optional(UnknownArguments), p => p.UnknownArguments, (p, v) => p with { UnknownArguments = v }, null,
                "As the key of that name for all plugins: refuse or ignore arguments that a tool of this plugin does not have."),
        ],
        "");

    static bool TryPrefix(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out PluginPrefix prefix)
    {
        prefix = scalar switch
        {
            { AsSwitch: true, Expanded: false } => PluginPrefix.Name,
            { AsSwitch: false, Expanded: false } => PluginPrefix.None,
            _ => PluginPrefix.Of(scalar.Text),
        };
        return ToolNamePart().IsMatch(scalar.Text);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{0,64}\z")]
    private static partial Regex ToolNamePart();
}
