namespace McpScript.Http.Authentication;

/// <summary>Verdict on an access token.</summary>
/// <param name="Token">The token, if it is accepted.</param>
/// <param name="Refusal">The reason for the caller, if it is refused.</param>
sealed record TokenResult(AccessToken? Token, string? Refusal)
{
    /// <summary>The authorization server says that the token is unknown, revoked or expired.</summary>
    public static readonly TokenResult Inactive = new(null, "The access token is unknown, expired or revoked");

    /// <summary>The token could not be verified, so it is refused.</summary>
    public static readonly TokenResult Unverified = new(null, "The access token could not be verified. Try again later");

    /// <summary>Returns the verdict for a refused token.</summary>
    public static TokenResult Refused(string why) => new(null, why);
}
