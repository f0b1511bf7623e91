using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Http.Endpoint;

/// <summary>Maps the MCP endpoint into an application.</summary>
static class McpEndpointExtensions
{
    /// <summary>
    /// Serves MCP over Streamable HTTP. Conventions added to the result (such as RequireAuthorization) apply to every method but OPTIONS,
    /// because a browser's preflight carries no credentials.
    /// </summary>
    public static McpEndpoint MapMcp(this IEndpointRouteBuilder endpoints, McpEndpointOptions options)
    {
        var services = endpoints.ServiceProvider;
        var endpoint = new McpEndpoint(options, services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance);
        endpoint.RoutedBy(endpoints.Map(options.Pattern, endpoint.InvokeAsync).WithDisplayName($"MCP {options.Pattern}"));
        endpoints.MapMethods(options.Pattern, ["OPTIONS"], endpoint.InvokeAsync).AllowAnonymous().WithDisplayName($"MCP {options.Pattern} OPTIONS");
        services.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(() => _ = endpoint.DrainAsync(options.DrainTimeout));
        return endpoint;
    }
}
