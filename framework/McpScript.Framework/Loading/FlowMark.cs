using System.Globalization;

namespace McpScript.Loading;

/// <summary>Values that a flow of plugin code carries along: the plugin, and the culture that it runs in.</summary>
class FlowMark(string plugin, CultureInfo culture)
{
    /// <summary>The plugin's name.</summary>
    public string Plugin => plugin;

    /// <summary>Current culture of the flow.</summary>
    public CultureInfo Culture => culture;
}
