namespace McpScript.Configuration;

/// <summary>Where the gate's secrets are kept.</summary>
public enum SecretBackend
{
    /// <summary>In environment variables.</summary>
    Env,

    /// <summary>In a file that only its owner can read.</summary>
    File,

    /// <summary>In a Vaultwarden vault.</summary>
    Vaultwarden,
}
