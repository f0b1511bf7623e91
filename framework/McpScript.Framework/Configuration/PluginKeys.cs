using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using McpScript.Configuration.Schema;
using McpScript.Configuration.Yaml;
using static McpScript.Configuration.Schema.KeyTable<McpScript.Configuration.PluginEntry>;
using static McpScript.Configuration.Schema.SettingTypes;

namespace McpScript.Configuration;

/// <summary>The table of the keys of <c>plugins.&lt;name&gt;</c> that the host reads.</summary>
static partial class PluginKeys
{
    static readonly SettingType<PluginPrefix> Prefix = new ScalarType<PluginPrefix>(
        "text of letters, digits, '_', '.' or '-', or false for none, or true for the plugin's name", TryPrefix, takesEmpty: true,
        schema: new() { ["type"] = new System.Text.Json.Nodes.JsonArray("string", "boolean") });

    /// <summary>The values of <c>unknown_arguments</c>; also used by the general key.</summary>
    public static ScalarType<UnknownArgumentRule> UnknownArguments { get; } =
        Word(("refuse", UnknownArgumentRule.Refuse), ("ignore", UnknownArgumentRule.Ignore));

    /// <summary>All keys.</summary>
    public static SectionType<PluginEntry> All { get; } = new(
        "a mapping",
        [
            Key("enabled", Switch, p => p.Enabled, (p, v) => p with { Enabled = v }, "true",
                "False keeps the plugin from being loaded."),
            Key("prefix", Prefix, p => p.Prefix, (p, v) => p with { Prefix = v }, null,
                "The prefix of its tool names, followed by an underscore; by default as 'auto_prefix' says, for a package the last part of its id."),
            Key("path", FilePath, p => p.Path, (p, v) => p with { Path = v }, null,
                "A script, a DLL, or a folder with one of them, relative to this file; it overrides a plugin of that name in the plugin folders."),
            Key("unknown_arguments", Optional(UnknownArguments), p => p.UnknownArguments, (p, v) => p with { UnknownArguments = v }, null,
                "Overrides the general key 'unknown_arguments': refuse or ignore arguments that a tool of this plugin does not have."),
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
