using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using McpScript.Configuration.Schema;
using McpScript.Configuration.Yaml;
using McpScript.Model;

namespace McpScript.Configuration;

/// <summary>The type of <c>plugins</c>: plugin names, each with a few keys for the host and any others for the plugin itself.</summary>
sealed class PluginsType(SectionType<PluginEntry> hostKeys)
    : SettingType<ImmutableSortedDictionary<string, PluginEntry>>("a mapping from plugin names to their settings")
{
    const string GateCure = "move it to the top level, as 'gate:', and name this plugin's tools in 'gate.groups.<group>.tools'";

    /// <inheritdoc/>
    public override ImmutableArray<ConfigurationKey> Keys => hostKeys.Keys;

    /// <inheritdoc/>
    public override string? Member => "<name>";

    /// <inheritdoc/>
    public override JsonObject Schema
    {
        get
        {
            var plugin = hostKeys.Schema;
            plugin["additionalProperties"] = true;   // the plugin's own settings
            return new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = plugin };
        }
    }

    /// <inheritdoc/>
    public override bool TryRead(
        YamlValue value, string label, ReadContext context, [NotNullWhen(true)] out ImmutableSortedDictionary<string, PluginEntry>? result)
    {
        if (value is not YamlMapping mapping)
            return Refuse(value, label, context, out result);
        var plugins = ImmutableSortedDictionary.CreateBuilder<string, PluginEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in mapping.Entries)
            if (!PluginReference.IsValidName(entry.Key))
                context.Problem(entry, PluginReference.InvalidName(entry.Key));
            else if (!plugins.TryAdd(entry.Key, Plugin(entry, $"{label}.{entry.Key}", context)))
                context.Problem(entry, $"duplicate plugin '{entry.Key}'; names are compared ignoring case");
        result = plugins.ToImmutable();
        return true;
    }

    /// <inheritdoc/>
    public override bool AreEqual(ImmutableSortedDictionary<string, PluginEntry>? a, ImmutableSortedDictionary<string, PluginEntry>? b) =>
        a is null || b is null ? a == b : a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && pair.Value == other);

    PluginEntry Plugin(YamlEntry entry, string label, ReadContext context)
    {
        if (entry.Value is YamlMapping mapping)
            return Plugin(mapping, label, context);
        if (entry.Value is not YamlScalar { IsNull: true })
            context.Problem(
                entry.Value,
                $"'{label}' must be a mapping with the plugin's settings, not {entry.Value.Describe()} (to switch a plugin off: 'enabled: false')");
        return new PluginEntry();
    }

    PluginEntry Plugin(YamlMapping mapping, string label, ReadContext context)
    {
        if (mapping.Entries.FirstOrDefault(entry => entry.Key == "gate") is { } gate)
            context.Problem(gate, $"'{label}.gate' is not possible: there is one gate for all plugins; {GateCure}");
        var forHost = mapping.Entries.ToLookup(entry => hostKeys.Find(entry.Key) is not null);
        var settings = YamlJson.ToJson(forHost[false]);
        var ownSettings = new PluginEntry { Settings = settings, Written = YamlJson.TextsOf(forHost[false], settings) };
        return hostKeys.Read(ownSettings, mapping with { Entries = [.. forHost[true]] }, label + ".", context);
    }
}
