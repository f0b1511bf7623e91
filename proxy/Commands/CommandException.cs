namespace McpScript.Proxy.Commands;

/// <summary>A command cannot do what it was asked; the message is for the person who asked, and the exit code 1.</summary>
sealed class CommandException(string message) : Exception(message);
