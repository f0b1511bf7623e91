namespace McpScript.Scripting.Authoring;

/// <summary>A file of a new plugin.</summary>
/// <param name="Name">Its name in the plugin's folder.</param>
/// <param name="Purpose">What it is for, in a few words.</param>
/// <param name="Text">What is in it.</param>
sealed record NewPluginFile(string Name, string Purpose, string Text);
