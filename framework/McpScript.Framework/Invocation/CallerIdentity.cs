using System.Security.Claims;

namespace McpScript.Invocation;

/// <summary>
/// Identity of an authenticated caller. The only rule by which sessions, gate unlocks, rate limits, per-session values, suspended calls and logs
/// distinguish callers. Immutable.
/// </summary>
/// <param name="Issuer">Issuer of the subject; null if the application names none, or for tokens of the one authorization server that is configured.</param>
/// <param name="Subject">Subject as its issuer names it.</param>
sealed record CallerIdentity(string? Issuer, string Subject)
{
    // .NET's default issuer of claims.
    const string Local = ClaimsIdentity.DefaultIssuer;

    // An issuer contains no '#' after escaping, so the separator is unambiguous.
    const char Separator = '#';

    /// <summary>Text of the identity, different for each pair of issuer and subject: the subject alone, or <c>issuer#subject</c>.</summary>
    public string Name => Issuer is null && !Subject.Contains(Separator)
        ? Subject
        : $"{(Issuer ?? Local).Replace("%", "%25", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal)}{Separator}{Subject}";

    /// <summary>
    /// Returns the identity of a principal, from its first claim of <c>sub</c>, name identifier, <c>upn</c> or name; null for a caller that is not
    /// authenticated or has none of them.
    /// </summary>
    public static CallerIdentity? From(ClaimsPrincipal? user)
    {
        if (user?.Identity is not { IsAuthenticated: true } identity)
            return null;
        var claim = user.FindFirst("sub") ?? user.FindFirst(ClaimTypes.NameIdentifier) ?? user.FindFirst("upn") ?? user.FindFirst(ClaimTypes.Upn)
            ?? (identity as ClaimsIdentity)?.FindFirst(((ClaimsIdentity)identity).NameClaimType);
        if (claim is not null)
            return new(claim.Issuer == Local ? null : claim.Issuer, claim.Value);
        return identity.Name is { } name ? new(null, name) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
