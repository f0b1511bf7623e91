using McpScript.Configuration;
using McpScript.Http.Authentication;
using McpScript.Http.Management;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Health;

/// <summary>
/// Decides which requests to the health port get the details of the plugins: those with the management token, or with an access token for management.
/// </summary>
static class HealthDetailsPolicy
{
    /// <summary>Returns the policy as a function of the request.</summary>
    /// <param name="config">The configuration; its <c>oauth_management_scope</c> applies.</param>
    /// <param name="resource">The OAuth settings; null for none. If not null, the application needs
    /// <see cref="ResourceServerExtensions.AddResourceServer"/>.</param>
    /// <param name="managementToken">The management token; null for none.</param>
    public static Func<HttpContext, Task<bool>> For(McpScriptConfig config, ResourceServer? resource, string? managementToken)
    {
        var expected = managementToken is null ? null : BearerToken.Hash(managementToken);
        string[] scopes = config.OAuth.ManagementScope is { } scope ? [scope] : [];
        return async context =>
        {
            var header = context.Request.Headers.Authorization.ToString();
            if (header.Length == 0)
                return false;
            // The management token first: it must not be sent to the authorization server.
            if (expected is not null && BearerToken.IsRight(header, expected))
                return true;
            return resource is not null && resource.Admits(await context.CallerAsync(), scopes);
        };
    }
}
