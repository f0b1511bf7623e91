using System.Collections.Immutable;
using System.Security.Claims;

namespace McpScript.Http.Authentication;

/// <summary>What the authorization server says of an access token.</summary>
sealed record AccessToken
{
    /// <summary>The claim that each scope is.</summary>
    public const string ScopeClaim = "scope";

    /// <summary>
    /// Whose it is: the user; else <c>client:</c> and the client's id, so that no client can pass for a user of its name; else something that only this
    /// token has.
    /// </summary>
    public required string Subject { get; init; }

    /// <summary>The client that it was given to, if that is told.</summary>
    public string? ClientId { get; init; }

    /// <summary>The user's name for people, if that is told.</summary>
    public string? UserName { get; init; }

    /// <summary>What it allows.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>Whom it is for.</summary>
    public ImmutableArray<string> Audiences { get; init; } = [];

    /// <summary>From when on it is worth nothing.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Before when it is worth nothing.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The caller who brings it; a new object each time, because whoever gets one may change it.</summary>
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
