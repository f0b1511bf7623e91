using McpScript.Http.Management;
using McpScript.Http.Requests;
using McpScript.Management;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace McpScript.Http.Health;

/// <summary>Health and readiness endpoints for load balancers and orchestrators.</summary>
static class HealthEndpoints
{
    /// <summary>Maps <c>/health</c>, <c>/health/detailed</c>, <c>/health/ready</c> and <c>/health/plugins</c>.</summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="operations">The proxy.</param>
    /// <param name="requests">Counts the requests of the MCP endpoint.</param>
    /// <param name="sessions">Returns the number of sessions.</param>
    /// <param name="readiness">The readiness of the server, and its problems.</param>
    /// <param name="maySeeDetails">Returns true if a request may see more of the plugins than names and states.</param>
    /// <param name="time">The clock.</param>
    public static void MapHealth(
        this IEndpointRouteBuilder endpoints, ProxyOperations operations, RequestMonitor requests, Func<int> sessions, Readiness readiness,
        Func<HttpContext, Task<bool>> maySeeDetails, TimeProvider time)
    {
        endpoints.MapRead("/health", () => Results.Json(new { status = "ok", timestamp = time.GetUtcNow() }));
        endpoints.MapRead(
            "/health/detailed", () => Results.Json(new HealthBody(operations, requests, sessions(), Reasons(readiness)), ManagementJson.Options));
        endpoints.MapRead("/health/ready", () => Ready(readiness));
        // Without this right, names and states only: this port may be reachable for clients that may not use the server.
        endpoints.MapRead("/health/plugins", async (HttpContext context) => await maySeeDetails(context)
            ? Results.Json(StatusBody.Of(operations.Registry.GetSummary(), operations.LogDropped), ManagementJson.Options)
            : Results.Json(new { plugins = operations.Registry.GetSummary().Plugins.ToDictionary(plugin => plugin.Key, plugin => plugin.Value.State) }));
    }

    static IResult Ready(Readiness readiness)
    {
        var missing = readiness.Missing;
        var body = new { ready = missing.IsEmpty, error = missing.IsEmpty ? null : string.Join("; ", missing), degraded = Reasons(readiness) };
        return Results.Json(body, ManagementJson.Options, statusCode: missing.IsEmpty ? 200 : 503);
    }

    static IReadOnlyList<string>? Reasons(Readiness readiness) => readiness.Degraded is { IsEmpty: false } reasons ? reasons : null;
}
