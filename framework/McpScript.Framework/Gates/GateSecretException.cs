namespace McpScript.Gates;

/// <summary>A secret cannot be had; the message says why, and nothing of the secret.</summary>
sealed class GateSecretException(string message, Exception? inner = null) : Exception(message, inner);
