namespace McpScript.Configuration;

/// <summary>Store of the gate's secrets.</summary>
public enum SecretBackend
{
    /// <summary>Environment variables.</summary>
    Env,

    /// <summary>A file that only its owner can read.</summary>
    File,

    /// <summary>A Vaultwarden vault.</summary>
    Vaultwarden,
}
