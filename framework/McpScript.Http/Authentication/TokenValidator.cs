namespace McpScript.Http.Authentication;

/// <summary>What a token must be beside active: in its time, and for us.</summary>
/// <param name="audience">Whom it must be for; null for no check.</param>
/// <param name="time">The clock.</param>
sealed class TokenValidator(string? audience, TimeProvider time)
{
    volatile string[]? _audiences = audience is null ? null : [audience];

    // How much later than the authorization server's our clock may be: a token that it has just made should not come too early.
    static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>The token, or why it is not taken.</summary>
    public TokenResult Judge(AccessToken token)
    {
        var now = time.GetUtcNow();
        if (token.ExpiresAt <= now)
            return TokenResult.Refused("The access token has expired");
        if (token.NotBefore > now + Skew)
            return TokenResult.Refused("The access token is not valid yet");
        if (_audiences is { } audiences && !token.Audiences.Any(named => audiences.Any(ours => IsOurs(named, ours))))
            return TokenResult.Refused("The access token is for another audience");
        return new(token, null);
    }

    /// <summary>Takes tokens that are for this audience too.</summary>
    public void Accept(string other) => _audiences = _audiences is { } audiences ? [.. audiences, other] : null;

    static bool IsOurs(string named, string ours) => named == ours || Uri.TryCreate(named, UriKind.Absolute, out var a) && Uri.TryCreate(ours, UriKind.Absolute, out var b) && IsSame(a, b);

    // Scheme and host in any case, a default port or none, a slash at the end or none (RFC 3986, 6.2.2 and 6.2.3): all else counts.
    static bool IsSame(Uri a, Uri b) =>
        (a.Scheme, a.IdnHost, a.Port, a.AbsolutePath.TrimEnd('/'), a.Query, a.Fragment, a.UserInfo) == (b.Scheme, b.IdnHost, b.Port, b.AbsolutePath.TrimEnd('/'), b.Query, b.Fragment, b.UserInfo);
}
