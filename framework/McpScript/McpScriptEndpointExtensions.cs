using McpScript.Configuration;
using McpScript.Http.Authentication;
using McpScript.Http.Endpoint;
using McpScript.Http.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript;

/// <summary>Puts the server of <see cref="McpScriptServiceExtensions.AddMcpScript"/> among the routes of an ASP.NET application.</summary>
public static class McpScriptEndpointExtensions
{
    /// <summary>
    /// Serves MCP over Streamable HTTP on the application's own port. It answers for loopback names and those in <c>allowed_hosts</c>, whatever the
    /// application is bound to. Conventions added to the result, such as <c>RequireAuthorization</c>, hold for every method but OPTIONS. If OAuth is set
    /// up, callers must bring an access token.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route.</param>
    public static IEndpointConventionBuilder MapMcpScript(this IEndpointRouteBuilder endpoints, string pattern = "/mcp")
    {
        var server = ServerOf(endpoints);
        var endpoint = Map(endpoints, server, ServerHost.Endpoint(server, server.Options.Time) with { Pattern = pattern });
        server.Traffic.Count(endpoint);
        server.Requests.Use(endpoint, "MCP");
        server.Mapped.Add(endpoint);
        return endpoint;
    }

    /// <summary>Answers <c>/health</c>, <c>/health/detailed</c>, <c>/health/ready</c> and <c>/health/plugins</c>.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    public static void MapMcpScriptHealth(this IEndpointRouteBuilder endpoints)
    {
        var server = ServerOf(endpoints);
        endpoints.MapHealth(server.Operations, server.Traffic, () => server.Mapped.SessionCount, server.Readiness, Details(endpoints, server.Config), server.Options.Time);
    }

    static McpEndpoint Map(IEndpointRouteBuilder endpoints, McpScriptServer server, McpEndpointOptions options)
    {
        // Who may reach the application is its own affair; half a lock never is.
        OAuthCheck.ThrowIfWrong(server.Config with { Transport = Transport.Http, Host = "localhost" });
        if (!server.Config.OAuth.IsInForce)
            return endpoints.MapMcp(options);
        if (endpoints.ServiceProvider.GetService<ResourceServer>() is null)
            throw new InvalidOperationException("The configuration wants access tokens ('oauth_server_url' and 'oauth_public_url' are set), and this application cannot check them. "
                + "Add builder.Services.AddMcpScriptOAuth(config) before it is built; or say 'oauth_enabled: false' if the application checks its callers by itself.");
        return endpoints.MapMcpWithTokens(options);
    }

    static Func<HttpContext, Task<bool>> Details(IEndpointRouteBuilder endpoints, McpScriptConfig config) =>
        HealthDetailsPolicy.For(config, endpoints.ServiceProvider.GetService<ResourceServer>(), config.ManagementToken is "auto" ? null : config.ManagementToken);

    static McpScriptServer ServerOf(IEndpointRouteBuilder endpoints) => endpoints.ServiceProvider.GetService<McpScriptServer>()
        ?? throw new InvalidOperationException("There is no McpScript server among the services. Add one before the application is built: builder.Services.AddMcpScript(…).");
}
