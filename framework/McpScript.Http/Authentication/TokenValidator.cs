namespace McpScript.Http.Authentication;

/// <summary>Checks an active token's validity period and audience. Safe for concurrent use.</summary>
/// <param name="audience">The audience that a token must name; null for no check.</param>
/// <param name="time">The clock.</param>
sealed class TokenValidator(string? audience, TimeProvider time)
{
    volatile string[]? _audiences = audience is null ? null : [audience];

    // How far this clock may be behind that of the authorization server, so that a token issued just now is accepted.
    static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>Returns the token, or the reason why it is refused.</summary>
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

    /// <summary>Accepts tokens for another audience too. Has no effect if audiences are not checked.</summary>
    public void Accept(string other) => _audiences = _audiences is { } audiences ? [.. audiences, other] : null;

    static bool IsOurs(string named, string ours) =>
        named == ours || Uri.TryCreate(named, UriKind.Absolute, out var a) && Uri.TryCreate(ours, UriKind.Absolute, out var b) && IsSame(a, b);

    // RFC 3986, 6.2.2 and 6.2.3: the case of scheme and host, a default port and a trailing slash do not count; all else does.
    static bool IsSame(Uri a, Uri b) => Normalized(a) == Normalized(b);

    static (string, string, int, string, string, string, string) Normalized(Uri uri) =>
        (uri.Scheme, uri.IdnHost, uri.Port, uri.AbsolutePath.TrimEnd('/'), uri.Query, uri.Fragment, uri.UserInfo);
}
