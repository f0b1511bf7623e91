using System.Collections.Immutable;
using System.Security.Claims;

namespace McpScript.Http.Authentication;

/// <summary>An access token as the authorization server describes it.</summary>
sealed record AccessToken
{
    /// <summary>The claim type of each scope.</summary>
    public const string ScopeClaim = "scope";

    /// <summary>
    /// Owner of the token: the user; else <c>client:</c> and the client's id, so that a client cannot impersonate a user with the same name; else a value
    /// that is unique to this token.
    /// </summary>
    public required string Subject { get; init; }

    /// <summary>The client that the token was issued to; null if unknown.</summary>
    public string? ClientId { get; init; }

    /// <summary>The user's readable name; null if unknown.</summary>
    public string? UserName { get; init; }

    /// <summary>The scopes that the token grants.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>The audiences that the token is for.</summary>
    public ImmutableArray<string> Audiences { get; init; } = [];

    /// <summary>End of the token's validity; null for no end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Start of the token's validity; null for no start.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Returns the caller that the token identifies. A new object for each call, because callers may modify it.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme, nameType: "sub", roleType: "role");
        identity.AddClaim(new("sub", Subject));
        if (ClientId is not null)
            identity.AddClaim(new("client_id", ClientId));
        if (UserName is not null)
            identity.AddClaim(new("username", UserName));
        foreach (var scope in Scopes)
            identity.AddClaim(new(ScopeClaim, scope));
        foreach (var audience in Audiences)
            identity.AddClaim(new("aud", audience));
        return new(identity);
    }
}
