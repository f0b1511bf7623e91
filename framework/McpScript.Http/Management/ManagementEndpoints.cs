using McpScript.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http;

/// <summary>The management API: what an operator may ask of a running proxy.</summary>
public static class ManagementEndpoints
{
    /// <summary>Guards the whole application by Host, Origin and token, and maps <c>GET /proxy/status</c>.</summary>
    /// <param name="app">The application, with nothing else in it.</param>
    /// <param name="registry">What is managed.</param>
    /// <param name="token">What callers must show; null for nothing.</param>
    public static void MapManagement(this WebApplication app, PluginRegistry registry, string? token)
    {
        app.UseHostAndOriginGuard(new() { Refuse = (context, why) => context.Response.WriteAsJsonAsync(new { error = why }) });
        app.UseBearerToken(token);
        app.UseRouting();
        app.MapGet("/proxy/status", async context => await context.Response.WriteAsJsonAsync(StatusBody.Of(registry.GetSummary()), StatusBody.Json));
    }
}
