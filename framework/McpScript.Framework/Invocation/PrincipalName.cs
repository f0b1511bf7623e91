using System.Security.Claims;

namespace McpScript.Invocation;

/// <summary>
/// Name of an authenticated caller: the one rule by which sessions, gate unlocks, rate limits, per-session values, parked calls and logs tell callers apart.
/// </summary>
static class PrincipalName
{
    // What .NET says of claims whose issuer is not named. The tokens of the one authorization server that is configured have these.
    const string Local = ClaimsIdentity.DefaultIssuer;

    // No issuer has one: it would begin the fragment of its URL, and is escaped.
    const char Separator = '#';

    /// <summary>
    /// The name: the subject as its only issuer knows it, or <c>issuer#subject</c>, because two issuers may each have a subject of that name; null for a caller who is not authenticated, or
    /// has none.
    /// </summary>
    public static string? Of(ClaimsPrincipal? user)
    {
        if (user?.Identity is not { IsAuthenticated: true } identity)
            return null;
        var claim = user.FindFirst("sub") ?? user.FindFirst(ClaimTypes.NameIdentifier) ?? user.FindFirst("upn") ?? user.FindFirst(ClaimTypes.Upn)
            ?? (identity as ClaimsIdentity)?.FindFirst(((ClaimsIdentity)identity).NameClaimType);
        return claim is null ? identity.Name : Of(claim.Issuer, claim.Value);
    }

    // One text for each pair of issuer and subject, and no text for two pairs.
    static string Of(string issuer, string subject) => issuer == Local && !subject.Contains(Separator)
        ? subject
        : $"{issuer.Replace("%", "%25", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal)}{Separator}{subject}";
}
