namespace McpScript.Configuration;

/// <summary>Value of <c>plugins.&lt;name&gt;.prefix</c>.</summary>
public sealed record PluginPrefix
{
    readonly Choice _choice;
    readonly string? _text;

    PluginPrefix(Choice choice, string? text = null) => (_choice, _text) = (choice, text);

    enum Choice { Automatic, None, Name, Text }

    /// <summary>The default: no prefix, or the plugin's name if <c>auto_prefix</c> is on.</summary>
    public static PluginPrefix Automatic { get; } = new(Choice.Automatic);

    /// <summary>No prefix: <c>false</c> or an empty text.</summary>
    public static PluginPrefix None { get; } = new(Choice.None);

    /// <summary>The plugin's own name: <c>true</c>.</summary>
    public static PluginPrefix Name { get; } = new(Choice.Name);

    /// <summary>A text as the prefix; no prefix if it is empty.</summary>
    public static PluginPrefix Of(string text) => text.Length == 0 ? None : new(Choice.Text, text);

    /// <summary>Returns the prefix of a plugin's tools, without the underscore that follows it; null for none.</summary>
    public string? For(string pluginName, bool autoPrefix) => _choice switch
    {
        Choice.Name => pluginName,
        Choice.Automatic when autoPrefix => pluginName,
        _ => _text,
    };
}
