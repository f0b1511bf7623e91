using System.Text.Encodings.Web;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpScript.Http.Authentication;

/// <summary>
/// Authenticates requests by their access tokens, and answers requests without a valid token, or without the required scopes, per RFC 6750 and RFC 9728.
/// </summary>
sealed class ResourceServerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ResourceServer resource, AccessTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "McpScript.OAuth";

    const string Bearer = "Bearer ";

    string? _refusal;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
            return AuthenticateResult.NoResult();
        var value = header.ToString();
        if (header.Count > 1 || !value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            || value[Bearer.Length..].Trim(' ') is not { } token || !IsToken(token))
            return Refuse("The Authorization header is not 'Bearer' and a token");
        var verdict = await tokens.FindAsync(token, Context.RequestAborted);
        return verdict.Token is { } good
            ? AuthenticateResult.Success(new(good.ToPrincipal(Scheme.Name), Scheme.Name))
            : Refuse(verdict.Refusal!);
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        await AnswerAsync(StatusCodes.Status401Unauthorized, "invalid_token", _refusal ?? "Authentication required");
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        AnswerAsync(StatusCodes.Status403Forbidden, "insufficient_scope", $"Required scope: {Scope}");

    string Scope => string.Join(' ', resource.RequiredScopes);

    AuthenticateResult Refuse(string why)
    {
        _refusal = why;
        return AuthenticateResult.Fail(why);
    }

    Task AnswerAsync(int status, string error, string description)
    {
        Response.StatusCode = status;
        RefusalLog.Explain(Context, description);
        var scope = resource.RequiredScopes.IsEmpty ? "" : $", scope=\"{Scope}\"";
        var metadata = $"resource_metadata=\"{resource.MetadataUrl.AbsoluteUri}\"";
        Response.Headers.WWWAuthenticate = $"Bearer error=\"{error}\", error_description=\"{description}\", {metadata}{scope}";
        Response.Headers.CacheControl = "no-store";
        return Response.WriteAsJsonAsync(new { error, error_description = description }, Context.RequestAborted);
    }

    // RFC 6750, 2.1: other characters cannot be part of a token, so no introspection request is sent for them.
    static bool IsToken(string text) =>
        text.Length is > 0 and <= 16_384 && text.All(character => char.IsAsciiLetterOrDigit(character) || "-._~+/=".Contains(character));
}
