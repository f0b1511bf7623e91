namespace McpScript.Configuration;

/// <summary>Hash function of one-time codes (RFC 6238, section 1.2).</summary>
public enum TotpAlgorithm
{
    /// <summary>SHA-1, the only one that all authenticators support.</summary>
    Sha1,

    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-512.</summary>
    Sha512,
}
