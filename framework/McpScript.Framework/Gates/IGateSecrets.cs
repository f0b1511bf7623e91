namespace McpScript.Gates;

/// <summary>Store of the gate's secrets.</summary>
public interface IGateSecrets
{
    /// <summary>Returns the current value of a secret, in Base32.</summary>
    /// <param name="reference">The name of the secret: a group's <c>secret_ref</c>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="GateSecretException">The secret is not available now.</exception>
    ValueTask<string> GetAsync(string reference, CancellationToken cancellationToken);
}
