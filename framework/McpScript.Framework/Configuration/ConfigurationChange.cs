using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>What differs between two configurations of a running program.</summary>
/// <param name="Live">Keys whose new values take effect at once: <c>autoload</c>, <c>gate.groups</c>.</param>
/// <param name="NeedRestart">Keys whose new values take effect after a restart.</param>
/// <param name="Plugins">Names of the plugins about which something else is said than before.</param>
sealed record ConfigurationChange(ImmutableArray<string> Live, ImmutableArray<string> NeedRestart, ImmutableArray<string> Plugins)
{
    /// <summary>True if nothing differs.</summary>
    public bool IsEmpty => Live.IsEmpty && NeedRestart.IsEmpty;

    /// <summary>What one has to do to get from <paramref name="before"/> to <paramref name="after"/>.</summary>
    public static ConfigurationChange Between(McpScriptConfig before, McpScriptConfig after)
    {
        var keys = ConfigurationKeys.All.Changes(before, after, "").ToLookup(change => change.AppliedLive, change => change.Path);
        // What is not mentioned has the built-in settings, so mentioning it without saying anything is no change.
        var plugins = before.Plugins.Keys.Union(after.Plugins.Keys, StringComparer.OrdinalIgnoreCase).Where(name => Loaded(before.Plugin(name)) != Loaded(after.Plugin(name)));
        return new ConfigurationChange([.. keys[true]], [.. keys[false]], [.. plugins]);
    }

    // What is read at each call needs no reload.
    static PluginEntry Loaded(PluginEntry entry) => entry with { UnknownArguments = null };
}
