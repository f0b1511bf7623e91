using System.Collections.Immutable;
using System.Security.Claims;
using McpScript.Configuration;

namespace McpScript.Http.Authentication;

/// <summary>Settings of an OAuth resource server: the authorization server, token introspection and required scopes.</summary>
sealed record ResourceServer
{
    /// <summary>The authorization server, as published to clients.</summary>
    public required Uri AuthorizationServer { get; init; }

    /// <summary>This server's public URL: the resource that tokens are issued for.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>The introspection endpoint (RFC 7662).</summary>
    public required Uri IntrospectionUrl { get; init; }

    /// <summary>The client id for introspection; null for none.</summary>
    public string? ClientId { get; init; }

    /// <summary>The secret of <see cref="ClientId"/>; null for none.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The scopes that every token needs.</summary>
    public ImmutableArray<string> RequiredScopes { get; init; } = ["user"];

    /// <summary>The audience that a token must name (RFC 8707); null for no check.</summary>
    public string? Audience { get; init; }

    /// <summary>Time for which a valid token is cached; zero for no caching. Default: 8 hours.</summary>
    public TimeSpan CacheTtl { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The largest number of cached tokens. Default: 10,000.</summary>
    public int MaxCachedTokens { get; init; } = 10_000;

    /// <summary>Timeout of one introspection attempt. Default: 4 seconds.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Timeout of introspection with all attempts. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The server's name, for consent pages.</summary>
    public string? Name { get; init; }

    /// <summary>The URL of the protected resource metadata (RFC 9728).</summary>
    public Uri MetadataUrl => new(PublicUrl, ResourceMetadata.WellKnown + PublicUrl.AbsolutePath.TrimEnd('/'));

    /// <summary>
    /// True if the public URL has no path and no slash at its end. Clients then get the endpoint's URL as the resource, because the metadata must name the
    /// URL that they use (RFC 9728, 3.3). A URL with a slash at its end is used as it is.
    /// </summary>
    public bool HasNoPath => PublicUrl.AbsolutePath == "/" && !PublicUrl.OriginalString.EndsWith('/');

    /// <summary>Returns the resource that the metadata document at this path describes.</summary>
    internal string NameAt(string path) => HasNoPath ? PublicUrl.OriginalString + path : PublicUrl.OriginalString;

    /// <summary>Returns the settings of a configuration; null if it needs no token.</summary>
    public static ResourceServer? Of(McpScriptConfig config) => config.NeedsToken ? Of(config.OAuth, config.ServerName) : null;

    /// <summary>Returns the settings of an OAuth section that is in force.</summary>
    public static ResourceServer Of(OAuthSettings oauth, string? name) => new()
    {
        AuthorizationServer = oauth.ServerUrl!,
        PublicUrl = oauth.PublicUrl!,
        IntrospectionUrl = oauth.IntrospectionUrl ?? new($"{oauth.ServerUrl!.AbsoluteUri.TrimEnd('/')}/introspect"),
        ClientId = oauth.ClientId,
        ClientSecret = oauth.ClientSecret,
        RequiredScopes = oauth.RequiredScopes,
        Audience = oauth.Audience switch { null => oauth.PublicUrl!.OriginalString, "none" => null, var other => other },
        CacheTtl = oauth.CacheTtl,
        Name = name,
    };

    /// <summary>Returns true if a caller is authenticated and has the given scopes beside the required ones.</summary>
    public bool Admits(ClaimsPrincipal? user, params IEnumerable<string> scopes) =>
        user?.Identity is { IsAuthenticated: true } && RequiredScopes.Concat(scopes).All(scope => user.HasClaim(AccessToken.ScopeClaim, scope));

    /// <summary>Omits all values but the public URL: one of them is a secret.</summary>
    public override string ToString() => $"{nameof(ResourceServer)} {{ {PublicUrl} }}";
}
