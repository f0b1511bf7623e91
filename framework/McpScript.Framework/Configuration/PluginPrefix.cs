namespace McpScript.Configuration;

/// <summary>What <c>plugins.&lt;name&gt;.prefix</c> asks for.</summary>
public sealed record PluginPrefix
{
    readonly Choice _choice;
    readonly string? _text;

    PluginPrefix(Choice choice, string? text = null) => (_choice, _text) = (choice, text);

    enum Choice { Automatic, None, Name, Text }

    /// <summary>None, or the plugin's name if <c>auto_prefix</c> is on: what holds when nothing is written.</summary>
    public static PluginPrefix Automatic { get; } = new(Choice.Automatic);

    /// <summary>No prefix: <c>false</c> or an empty text.</summary>
    public static PluginPrefix None { get; } = new(Choice.None);

    /// <summary>The plugin's own name: <c>true</c>.</summary>
    public static PluginPrefix Name { get; } = new(Choice.Name);

    /// <summary>A text of one's own.</summary>
    public static PluginPrefix Of(string text) => text.Length == 0 ? None : new(Choice.Text, text);

    /// <summary>The prefix of a plugin's tools, without the underscore that follows it; null if they have none.</summary>
    public string? For(string pluginName, bool autoPrefix) => _choice switch
    {
        Choice.Name => pluginName,
        Choice.Automatic when autoPrefix => pluginName,
        _ => _text,
    };
}
