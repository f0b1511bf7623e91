using McpScript.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace McpScript.Http;

/// <summary>What a load balancer or an orchestrator may ask.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps <c>/health</c>, <c>/health/detailed</c>, <c>/health/ready</c> and <c>/health/plugins</c>.</summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="operations">The proxy.</param>
    /// <param name="traffic">What the MCP endpoint counts.</param>
    /// <param name="sessions">How many sessions there are.</param>
    /// <param name="ready">Why it is not ready; null if it is.</param>
    /// <param name="maySeeDetails">Whether a request may know more of the plugins than their names and states.</param>
    /// <param name="time">The clock.</param>
    public static void MapHealth(
        this IEndpointRouteBuilder endpoints, ProxyOperations operations, TrafficCounters traffic, Func<int> sessions, Func<string?> ready,
        Func<HttpContext, Task<bool>> maySeeDetails, TimeProvider time)
    {
        endpoints.MapGet("/health", () => Results.Json(new { status = "ok", timestamp = time.GetUtcNow() }));
        endpoints.MapGet("/health/detailed", () => Results.Json(new
        {
            status = "ok",
            uptime_seconds = operations.Uptime.TotalSeconds,
            started_at = operations.StartedAt.ToUniversalTime(),
            connections = traffic.Connections,
            sessions = sessions(),
            requests = traffic.Requests,
            last_request = traffic.LastRequest,
            errors = traffic.Errors,
        }));
        endpoints.MapGet("/health/ready", () => ready() is { } reason ? Results.Json(new { ready = false, error = reason }, statusCode: 503) : Results.Json(new { ready = true }));
        // Names and states only: this port may be open to more than those who may use the server.
        endpoints.MapGet("/health/plugins", async (HttpContext context) => await maySeeDetails(context)
            ? Results.Json(StatusBody.Of(operations.Registry.GetSummary(), operations.LogDropped), ManagementJson.Options)
            : Results.Json(new { plugins = operations.Registry.GetSummary().Plugins.ToDictionary(plugin => plugin.Key, plugin => plugin.Value.State) }));
    }
}
