namespace McpScript.Configuration;

/// <summary>Checks that tokens and secrets may be sent to a URL: over https, or over http to this machine.</summary>
static class SecureUrl
{
    /// <summary>Returns the reason why no secrets may be sent to a URL; null if they may.</summary>
    public static string? WhyNot(Uri url)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("https" or "http"))
            return "must be an https URL";
        if (url.UserInfo.Length > 0)
            return "must not have a name or password in it ('oauth_client_id' and 'oauth_client_secret' are for that)";
        if (url.Fragment.Length > 0)
            return "must not have a fragment ('#…')";
        return url.Scheme is "https" || Loopback.Is(url.Host)
            ? null
            : "must be https: over http, tokens may only be sent to this machine (localhost, 127.0.0.1, [::1])";
    }
}
