using McpScript.Configuration;
using McpScript.Http.Authentication;
using McpScript.Http.Endpoint;
using McpScript.Http.Health;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript;

/// <summary>Maps the server of <see cref="McpScriptServiceExtensions.AddMcpScript"/> to routes of an ASP.NET Core application.</summary>
public static class McpScriptEndpointExtensions
{
    /// <summary>
    /// Serves MCP over Streamable HTTP on the application's own port. Requests are accepted for the Host names in <c>allowed_hosts</c>; by default, for
    /// loopback names, the configured host and the host of the public URL, whatever the application is bound to. Conventions added to the result, such as
    /// <c>RequireAuthorization</c>, apply to every method except OPTIONS. If OAuth is set up, callers must send an access token.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route.</param>
    /// <exception cref="ConfigurationException">The OAuth settings have problems; the exception lists all of them.</exception>
    /// <exception cref="InvalidOperationException">No server is registered, or OAuth is set up without <c>AddMcpScriptOAuth</c>.</exception>
    public static IEndpointConventionBuilder MapMcpScript(this IEndpointRouteBuilder endpoints, string pattern = "/mcp")
    {
        var server = ServerOf(endpoints);
        var endpoint = Map(endpoints, server, ServerHost.Endpoint(server, server.Options.Time) with { Pattern = pattern });
        server.Requests.Use(endpoint, RequestMonitor.Mcp);
        server.Mapped.Add(endpoint);
        return endpoint;
    }

    /// <summary>Maps <c>/health</c>, <c>/health/detailed</c>, <c>/health/ready</c> and <c>/health/plugins</c>.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <exception cref="InvalidOperationException">No server is registered.</exception>
    public static void MapMcpScriptHealth(this IEndpointRouteBuilder endpoints)
    {
        var server = ServerOf(endpoints);
        endpoints.MapHealth(
            server.Operations, server.Requests, () => server.Mapped.SessionCount, server.Readiness, Details(endpoints, server.Config), server.Options.Time);
    }

    static McpEndpoint Map(IEndpointRouteBuilder endpoints, McpScriptServer server, McpEndpointOptions options)
    {
        // The application decides which clients can reach it, so the host is not checked; incomplete OAuth settings are always refused.
        OAuthCheck.ThrowIfWrong(server.Config with { Transport = Transport.Http, Host = "localhost" });
        if (!server.Config.OAuth.IsInForce)
            return endpoints.MapMcp(options);
        if (endpoints.ServiceProvider.GetService<ResourceServer>() is null)
        {
            throw new InvalidOperationException(
                "The configuration requires access tokens ('oauth_server_url' and 'oauth_public_url' are set), but this application cannot validate them. "
                + "Call builder.Services.AddMcpScriptOAuth(config) before the application is built, "
                + "or set 'oauth_enabled: false' if the application authenticates its callers itself.");
        }
        return endpoints.MapMcpWithTokens(options);
    }

    static Func<HttpContext, Task<bool>> Details(IEndpointRouteBuilder endpoints, McpScriptConfig config) =>
        HealthDetailsPolicy.For(
            config, endpoints.ServiceProvider.GetService<ResourceServer>(), config.ManagementToken is "auto" ? null : config.ManagementToken);

    static McpScriptServer ServerOf(IEndpointRouteBuilder endpoints) => endpoints.ServiceProvider.GetService<McpScriptServer>()
        ?? throw new InvalidOperationException(
            "No McpScript server is registered. Add one before the application is built: builder.Services.AddMcpScript(…).");
}
