using System.Security.Claims;

namespace McpScript.Invocation;

/// <summary>
/// Identity of an authenticated caller: the one rule by which sessions, gate unlocks, rate limits, per-session values, suspended calls and logs tell
/// callers apart. Immutable.
/// </summary>
/// <param name="Issuer">Issuer of the subject; null if the application names none, or for tokens of the one authorization server that is configured.</param>
/// <param name="Subject">Subject as its issuer knows it.</param>
sealed record CallerIdentity(string? Issuer, string Subject)
{
    // Issuer that .NET gives to claims whose issuer is not named.
    const string Local = ClaimsIdentity.DefaultIssuer;

    // No issuer contains one: it would begin the fragment of its URL, and is escaped.
    const char Separator = '#';

    /// <summary>Text of the identity, different for each pair of issuer and subject: the subject alone, or <c>issuer#subject</c>.</summary>
    public string Name => Issuer is null && !Subject.Contains(Separator)
        ? Subject
        : $"{(Issuer ?? Local).Replace("%", "%25", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal)}{Separator}{Subject}";

    /// <summary>
    /// Identity of a principal by its first claim of <c>sub</c>, name identifier, <c>upn</c> or name; null for a caller who is not authenticated or has
    /// none of them.
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
