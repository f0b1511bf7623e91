using McpScript.Configuration;
using McpScript.Http.Authentication;
using McpScript.Http.Management;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Health;

/// <summary>
/// Who may see the details of the plugins on the health port: who may manage them, by the management token or by an access token that is good for it.
/// </summary>
static class HealthDetailsPolicy
{
    /// <summary>The test.</summary>
    /// <param name="config">Its <c>oauth_management_scope</c> counts.</param>
    /// <param name="resource">Whose access tokens are taken; null for none. If not null, the application needs
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
            // The management token first: it is nobody's business at the authorization server.
            if (expected is not null && BearerToken.IsRight(header, expected))
                return true;
            return resource is not null && resource.Admits(await context.CallerAsync(), scopes);
        };
    }
}
