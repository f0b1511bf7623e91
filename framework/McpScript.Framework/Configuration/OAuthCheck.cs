using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>Validates the OAuth settings at start, so that no server is open by accident.</summary>
static class OAuthCheck
{
    /// <summary>Returns all problems, with their fixes.</summary>
    public static IEnumerable<string> ProblemsOf(McpScriptConfig config)
    {
        if (config is not { Transport: Transport.Http, OAuth: { Enabled: true } oauth })
            return [];
        return (oauth.ServerUrl, oauth.PublicUrl) switch
        {
            (null, null) => Loopback.Is(config.Host) ? [] : [OpenByAccident(config.Host)],
            (null, _) => [HalfSet("oauth_public_url", "oauth_server_url")],
            (_, null) => [HalfSet("oauth_server_url", "oauth_public_url")],
            _ => ProblemsOf(oauth),
        };
    }

    /// <summary>Throws if there are problems.</summary>
    /// <exception cref="ConfigurationException">There are problems; the exception lists all of them.</exception>
    public static void ThrowIfWrong(McpScriptConfig config)
    {
        ImmutableArray<ConfigurationProblem> problems =
            [.. ProblemsOf(config).Concat(EmptySecrets(config)).Select(problem => new ConfigurationProblem(null, null, null, problem))];
        if (!problems.IsEmpty)
            throw new ConfigurationException(problems);
    }

    // Empty secrets in a file are refused when it is read, with their place; this finds those of a configuration made in code.
    static IEnumerable<string> EmptySecrets(McpScriptConfig config)
    {
        (string Key, string? Value)[] secrets =
            [
                ("management_token", config.ManagementToken),
                ("oauth_client_secret", config.OAuth.ClientSecret),
                ("oauth_management_scope", config.OAuth.ManagementScope),
            ];
        return from secret in secrets where secret.Value is not null && string.IsNullOrWhiteSpace(secret.Value)
               select $"'{secret.Key}' is empty, so it would protect nothing; give it a value, or null if no protection is needed";
    }

    static IEnumerable<string> ProblemsOf(OAuthSettings oauth)
    {
        if (SecureUrl.WhyNot(oauth.ServerUrl!) is { } unsafeServer)
            yield return $"'oauth_server_url' {unsafeServer}, not '{Shown(oauth.ServerUrl!)}'";
        else if (oauth.ServerUrl!.Query.Length > 0)
            yield return "'oauth_server_url' must not have a query; if only introspection needs one, set 'oauth_introspection_url'";
        if (oauth.IntrospectionUrl is { } introspection && SecureUrl.WhyNot(introspection) is { } unsafeIntrospection)
            yield return $"'oauth_introspection_url' {unsafeIntrospection}, not '{Shown(introspection)}'";
        if (oauth.PublicUrl is { } url && (url.UserInfo + url.Query + url.Fragment).Length > 0)
            yield return "'oauth_public_url' must be just an address, without a name, a query or a fragment: clients name it when they request a token";
        if (oauth is { ClientId: null, ClientSecret: not null })
            yield return "'oauth_client_secret' is set and 'oauth_client_id' is not; the authorization server needs both to identify this server";
        foreach (var scope in oauth.RequiredScopes.Append(oauth.ManagementScope ?? "-").Where(scope => !IsScope(scope)))
            yield return $"'{scope}' cannot be a scope: no blanks, quotes or backslashes, one entry for each";
    }

    static string OpenByAccident(string host) =>
        $"'host' is {host}, so others can reach this server, and nothing would keep them from calling every tool: "
        + "'oauth_enabled' is true, and 'oauth_server_url' and 'oauth_public_url' are not set. "
        + "Set both URLs; or bind to 127.0.0.1; or, if every client that can reach it may use it, set 'oauth_enabled: false'";

    static string HalfSet(string set, string missing) =>
        $"'{set}' is set and '{missing}' is not, so tokens could not be checked. Set both, or set 'oauth_enabled: false' if no client needs a token";

    // Without the user information, which may hold a password.
    static string Shown(Uri url) => url.UserInfo.Length > 0 ? $"{url.Scheme}://…@{url.Authority}" : url.OriginalString;

    // RFC 6749, 3.3.
    static bool IsScope(string scope) => scope.Length > 0 && scope.All(character => character is >= '!' and <= '~' and not ('"' or '\\'));
}
