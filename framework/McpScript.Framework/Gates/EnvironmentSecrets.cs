namespace McpScript.Gates;

/// <summary>Secrets in environment variables; a reference is the name of a variable.</summary>
/// <param name="variable">Returns the value of a variable; null for the variables of the process.</param>
public sealed class EnvironmentSecrets(Func<string, string?>? variable = null) : IGateSecrets
{
    /// <inheritdoc/>
    public ValueTask<string> GetAsync(string reference, CancellationToken cancellationToken) =>
        (variable ?? Environment.GetEnvironmentVariable)(reference)?.Trim() is { Length: > 0 } secret
            ? new(secret)
            : throw new GateSecretException($"Environment variable '{reference}' not set.");
}
