namespace McpScript.Scripting.Authoring;

/// <summary>A plugin cannot be made; the message is for the person who asked for it, and nothing was written.</summary>
sealed class NewPluginException(string message) : Exception(message);
