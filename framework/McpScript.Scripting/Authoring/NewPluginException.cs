namespace McpScript.Scripting.Authoring;

/// <summary>The exception when a plugin cannot be created. The message is for the user; nothing was written.</summary>
sealed class NewPluginException(string message) : Exception(message);
