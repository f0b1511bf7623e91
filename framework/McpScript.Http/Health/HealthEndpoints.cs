using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace McpScript.Http;

/// <summary>What a load balancer or an orchestrator may ask.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps <c>GET /health</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints, TimeProvider time) =>
        endpoints.MapGet("/health", context => context.Response.WriteAsJsonAsync(new { status = "ok", timestamp = time.GetUtcNow() }));
}
