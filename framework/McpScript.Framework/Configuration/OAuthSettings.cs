using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>The <c>oauth_*</c> keys: how access tokens are checked on the HTTP transport.</summary>
public sealed record OAuthSettings
{
    /// <summary><c>oauth_enabled</c>.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>oauth_server_url</c>: the authorization server.</summary>
    public Uri? ServerUrl { get; init; }

    /// <summary><c>oauth_public_url</c>: the public URL of this server, as clients use it.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary><c>oauth_introspection_url</c>; null for <c>/introspect</c> below <see cref="ServerUrl"/>.</summary>
    public Uri? IntrospectionUrl { get; init; }

    /// <summary><c>oauth_client_id</c>: the client id of this server at the introspection endpoint.</summary>
    public string? ClientId { get; init; }

    /// <summary><c>oauth_client_secret</c>.</summary>
    public string? ClientSecret { get; init; }

    /// <summary><c>oauth_required_scopes</c>.</summary>
    public ImmutableArray<string> RequiredScopes { get; init; } = ["user"];

    /// <summary><c>oauth_audience</c>; null for <see cref="PublicUrl"/>, <c>none</c> for no check.</summary>
    public string? Audience { get; init; }

    /// <summary><c>oauth_management_scope</c>: needed for those <c>proxy__</c> tools that change something.</summary>
    public string? ManagementScope { get; init; }

    /// <summary><c>oauth_cache_ttl</c>: how long a valid token is cached; zero for no caching. Default: 8 hours.</summary>
    public TimeSpan CacheTtl { get; init; } = TimeSpan.FromHours(8);

    /// <summary>True if tokens can be checked: OAuth is enabled, and both URLs are set.</summary>
    public bool IsInForce => Enabled && ServerUrl is not null && PublicUrl is not null;

    /// <summary>Omits all secret values.</summary>
    public override string ToString() => $"{nameof(OAuthSettings)} {{ Enabled = {Enabled} }}";
}
