namespace McpScript.Http.Authentication;

/// <summary>What became of a token that was checked.</summary>
/// <param name="Token">The token, if it is good.</param>
/// <param name="Refusal">What its bearer is told, if it is not.</param>
sealed record TokenResult(AccessToken? Token, string? Refusal)
{
    /// <summary>It is unknown, revoked or expired, by the authorization server's word.</summary>
    public static readonly TokenResult Inactive = new(null, "The access token is unknown, expired or revoked");

    /// <summary>Nobody could say, so it is not taken.</summary>
    public static readonly TokenResult Unverified = new(null, "The access token could not be verified. Try again later");

    /// <summary>It is not taken.</summary>
    public static TokenResult Refused(string why) => new(null, why);
}
