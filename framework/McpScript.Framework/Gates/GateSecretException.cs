namespace McpScript.Gates;

/// <summary>The exception when a secret is not available; the message has the reason and nothing of the secret.</summary>
sealed class GateSecretException(string message, Exception? inner = null) : Exception(message, inner);
