using McpScript.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript;

/// <summary>Puts the server of <see cref="McpScriptServiceExtensions.AddMcpScript"/> among the routes of an ASP.NET application.</summary>
public static class McpScriptEndpointExtensions
{
    /// <summary>
    /// Serves MCP over Streamable HTTP on the application's own port. It answers for loopback names and those in <c>allowed_hosts</c>, whatever the application is bound to.
    /// Conventions added to the result, such as <c>RequireAuthorization</c>, hold for every method but OPTIONS.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route.</param>
    public static McpEndpoint MapMcpScript(this IEndpointRouteBuilder endpoints, string pattern = "/mcp")
    {
        var server = ServerOf(endpoints);
        var endpoint = endpoints.MapMcp(ServerHost.Endpoint(server, server.Options.Time) with { Pattern = pattern });
        server.Traffic.Count(endpoint);
        server.Mapped = endpoint;
        return endpoint;
    }

    /// <summary>Answers <c>/health</c>, <c>/health/detailed</c>, <c>/health/ready</c> and <c>/health/plugins</c>.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    public static void MapMcpScriptHealth(this IEndpointRouteBuilder endpoints)
    {
        var server = ServerOf(endpoints);
        endpoints.MapHealth(server.Operations, server.Traffic, () => server.Mapped?.Sessions.Count ?? 0, server.WhyNotReady, server.Options.Time);
    }

    static McpScriptServer ServerOf(IEndpointRouteBuilder endpoints) => endpoints.ServiceProvider.GetService<McpScriptServer>()
        ?? throw new InvalidOperationException("There is no McpScript server among the services. Add one before the application is built: builder.Services.AddMcpScript(…).");
}
