using System.Collections.Immutable;
using System.Security.Claims;
using McpScript.Configuration;

namespace McpScript.Http.Authentication;

/// <summary>What an OAuth resource server must know: whose tokens it takes, where it has them checked, and what they must allow.</summary>
sealed record ResourceServer
{
    /// <summary>The authorization server, as clients are told.</summary>
    public required Uri AuthorizationServer { get; init; }

    /// <summary>This server, as clients know it: the resource that tokens are for.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>Where tokens are checked (RFC 7662).</summary>
    public required Uri IntrospectionUrl { get; init; }

    /// <summary>Who we are there; null for nobody in particular.</summary>
    public string? ClientId { get; init; }

    /// <summary>The secret that goes with it.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What a token must allow.</summary>
    public ImmutableArray<string> RequiredScopes { get; init; } = ["user"];

    /// <summary>Whom a token must be for (RFC 8707); null for no check.</summary>
    public string? Audience { get; init; }

    /// <summary>How long a token that was found good is believed; zero for not at all.</summary>
    public TimeSpan CacheTtl { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The most tokens that are remembered.</summary>
    public int MaxCachedTokens { get; init; } = 10_000;

    /// <summary>How long one try to check a token may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long checking a token may take, with all tries.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The server's name, for those who ask users for their consent.</summary>
    public string? Name { get; init; }

    /// <summary>Where clients find out all this (RFC 9728).</summary>
    public Uri MetadataUrl => new(PublicUrl, ResourceMetadata.WellKnown + PublicUrl.AbsolutePath.TrimEnd('/'));

    /// <summary>
    /// Whether the public URL is only a host, as many write it: clients are then given the endpoint's URL, whose path their metadata has to name (RFC 9728,
    /// 3.3). With a slash at its end it is meant as it stands.
    /// </summary>
    public bool HasNoPath => PublicUrl.AbsolutePath == "/" && !PublicUrl.OriginalString.EndsWith('/');

    /// <summary>The resource that the metadata document in the form with this path is about.</summary>
    internal string NameAt(string path) => HasNoPath ? PublicUrl.OriginalString + path : PublicUrl.OriginalString;

    /// <summary>As configured; null if no token is needed.</summary>
    public static ResourceServer? Of(McpScriptConfig config) => config.NeedsToken ? Of(config.OAuth, config.ServerName) : null;

    /// <summary>As configured, by settings that are in force.</summary>
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

    /// <summary>True if a caller has proved who he is, and has these scopes beside the required ones.</summary>
    public bool Admits(ClaimsPrincipal? user, params IEnumerable<string> scopes) =>
        user?.Identity is { IsAuthenticated: true } && RequiredScopes.Concat(scopes).All(scope => user.HasClaim(AccessToken.ScopeClaim, scope));

    /// <summary>Says nothing of the values: one of them is a secret.</summary>
    public override string ToString() => $"{nameof(ResourceServer)} {{ {PublicUrl} }}";
}
