using McpScript.Configuration.Schema;
using static McpScript.Configuration.Schema.KeyTable<McpScript.Configuration.McpScriptConfig>;
using static McpScript.Configuration.Schema.SettingTypes;

namespace McpScript.Configuration;

/// <summary>The table of the <c>oauth_*</c> keys.</summary>
static class OAuthKeys
{
    /// <summary>All keys.</summary>
    public static IEnumerable<SectionKey<McpScriptConfig>> All =>
    [
        Key("oauth_enabled", Switch, c => c.OAuth.Enabled, (c, v) => c with { OAuth = c.OAuth with { Enabled = v } }, "true",
            "Requires an access token from clients over HTTP, once the URLs are set.", "MCP_OAUTH_ENABLED"),
        Key("oauth_server_url", Url, c => c.OAuth.ServerUrl, (c, v) => c with { OAuth = c.OAuth with { ServerUrl = v } }, null,
            "The authorization server.", "MCP_OAUTH_SERVER_URL"),
        Key("oauth_public_url", Url, c => c.OAuth.PublicUrl, (c, v) => c with { OAuth = c.OAuth with { PublicUrl = v } }, null,
            "The public URL of this server, as clients use it.", "MCP_PUBLIC_URL"),
        Key("oauth_introspection_url", Url, c => c.OAuth.IntrospectionUrl, (c, v) => c with { OAuth = c.OAuth with { IntrospectionUrl = v } }, null,
            "The introspection endpoint (RFC 7662); by default /introspect below 'oauth_server_url'."),
        Key("oauth_client_id", Text, c => c.OAuth.ClientId, (c, v) => c with { OAuth = c.OAuth with { ClientId = v } }, null,
            "The client id of this server at the introspection endpoint."),
        Key("oauth_client_secret", Secret, c => c.OAuth.ClientSecret, (c, v) => c with { OAuth = c.OAuth with { ClientSecret = v } }, null,
            "The secret of 'oauth_client_id'."),
        Key("oauth_required_scopes", new ListType<string>("a list of scopes", Text),
            c => c.OAuth.RequiredScopes, (c, v) => c with { OAuth = c.OAuth with { RequiredScopes = v ?? [] } }, "[user]",
            "The scopes that a token must have."),
        Key("oauth_audience", Text, c => c.OAuth.Audience, (c, v) => c with { OAuth = c.OAuth with { Audience = v } }, null,
            "The audience that a token must name; by default 'oauth_public_url'; none for no check."),
        Key("oauth_management_scope", Secret, c => c.OAuth.ManagementScope, (c, v) => c with { OAuth = c.OAuth with { ManagementScope = v } }, null,
            "A scope that is needed for those proxy__ tools that change something."),
        Key("oauth_cache_ttl", Seconds, c => c.OAuth.CacheTtl, (c, v) => c with { OAuth = c.OAuth with { CacheTtl = v } }, "28800",
            "The time for which a valid token is cached; 0 for no caching."),
    ];
}
