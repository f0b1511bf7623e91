namespace McpScript.Proxy.Commands;

/// <summary>A command failed. The message is written to stderr, and the exit code is 1.</summary>
sealed class CommandException(string message) : Exception(message);
