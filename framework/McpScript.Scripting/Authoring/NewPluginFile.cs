namespace McpScript.Scripting.Authoring;

/// <summary>A file of a new plugin.</summary>
/// <param name="Name">The path in the plugin's folder.</param>
/// <param name="Purpose">Its purpose, in a few words.</param>
/// <param name="Text">Its content.</param>
sealed record NewPluginFile(string Name, string Purpose, string Text);
