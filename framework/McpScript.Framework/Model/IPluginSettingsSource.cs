namespace McpScript.Model;

/// <summary>Source of plugins' settings.</summary>
interface IPluginSettingsSource
{
    /// <summary>Reads the current settings of a plugin.</summary>
    /// <exception cref="PluginLoadException">A settings file cannot be read or is wrong.</exception>
    PluginSettings Read(PluginReference reference);

    /// <summary>False if the configuration has <c>plugins.NAME.enabled: false</c>.</summary>
    bool IsEnabled(PluginReference reference);
}
