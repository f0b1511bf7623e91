using System.Security.Claims;

namespace McpScript.Http;

/// <summary>The authenticated user who opened a session; nobody else may use it.</summary>
sealed record SessionOwner(string Type, string Value, string Issuer)
{
    /// <summary>The user's identity, by the claims that identity providers use for it; null if there is none.</summary>
    public static SessionOwner? Of(ClaimsPrincipal user)
    {
        if (user.Identity is not { IsAuthenticated: true })
            return null;
        var claim = user.FindFirst(ClaimTypes.NameIdentifier) ?? user.FindFirst("sub") ?? user.FindFirst(ClaimTypes.Upn) ?? user.FindFirst("upn");
        return claim is null ? null : new SessionOwner(claim.Type, claim.Value, claim.Issuer);
    }
}
