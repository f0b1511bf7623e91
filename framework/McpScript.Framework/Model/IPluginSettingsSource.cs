namespace McpScript.Model;

/// <summary>Where plugins' settings come from.</summary>
interface IPluginSettingsSource
{
    /// <summary>The settings of a plugin as they are now.</summary>
    /// <exception cref="PluginLoadException">A settings file cannot be read or is wrong.</exception>
    PluginSettings Read(PluginReference reference);

    /// <summary>False if the configuration says <c>plugins.NAME.enabled: false</c>.</summary>
    bool IsEnabled(PluginReference reference);

    /// <summary>What the names of its tools begin with, without the underscore that follows; null for nothing.</summary>
    string? PrefixOf(PluginReference reference);
}
