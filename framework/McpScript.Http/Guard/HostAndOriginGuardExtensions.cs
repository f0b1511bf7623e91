using Microsoft.AspNetCore.Builder;

namespace McpScript.Http.Guard;

/// <summary>Adds the Host and Origin guard to an application.</summary>
static class HostAndOriginGuardExtensions
{
    /// <summary>Checks Host and Origin of every request, and answers preflights. Must be called before authentication.</summary>
    public static IApplicationBuilder UseHostAndOriginGuard(this IApplicationBuilder app, HostAndOriginOptions options)
    {
        var guard = new HostAndOriginGuard(options);
        return app.Use(next => context => guard.InvokeAsync(context, next));
    }
}
