using McpScript.Model;

namespace McpScript.Core.Tests.Registry;

/// <summary>Settings of plugins that have none; some are turned off.</summary>
sealed class TestSettings : IPluginSettingsSource
{
    /// <summary>Plugins that are turned off.</summary>
    public HashSet<PluginReference> Disabled { get; } = [];

    /// <inheritdoc/>
    public PluginSettings Read(PluginReference reference) => PluginSettings.None;

    /// <inheritdoc/>
    public bool IsEnabled(PluginReference reference) => !Disabled.Contains(reference);
}
