using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>Differences between two configurations of a running program.</summary>
/// <param name="Live">Keys whose new values take effect at once: <c>autoload</c>, <c>gate.groups</c>.</param>
/// <param name="NeedRestart">Keys whose new values take effect after a restart.</param>
/// <param name="Plugins">Names of the plugins whose settings differ.</param>
sealed record ConfigurationChange(ImmutableArray<string> Live, ImmutableArray<string> NeedRestart, ImmutableArray<string> Plugins)
{
    /// <summary>True if nothing differs.</summary>
    public bool IsEmpty => Live.IsEmpty && NeedRestart.IsEmpty;

    /// <summary>Returns the differences from <paramref name="before"/> to <paramref name="after"/>.</summary>
    public static ConfigurationChange Between(McpScriptConfig before, McpScriptConfig after)
    {
        var keys = ConfigurationKeys.All.Changes(before, after, "").ToLookup(change => change.AppliedLive, change => change.Path);
        // A plugin without an entry has the built-in settings, so an empty entry is no change.
        var plugins = before.Plugins.Keys.Union(after.Plugins.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(name => Loaded(before.Plugin(name)) != Loaded(after.Plugin(name)));
        return new ConfigurationChange([.. keys[true]], [.. keys[false]], [.. plugins]);
    }

    // The part of an entry that needs a reload; unknown_arguments is read at each call.
    static PluginEntry Loaded(PluginEntry entry) => entry with { UnknownArguments = null };
}
