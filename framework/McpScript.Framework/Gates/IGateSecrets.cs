namespace McpScript.Gates;

/// <summary>Where the gate's secrets are kept.</summary>
public interface IGateSecrets
{
    /// <summary>A secret as it is now, in Base32.</summary>
    /// <param name="reference">Its name there: a group's <c>secret_ref</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="GateSecretException">It cannot be had now.</exception>
    ValueTask<string> GetAsync(string reference, CancellationToken cancellationToken);
}
