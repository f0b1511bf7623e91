using Microsoft.AspNetCore.Builder;

namespace McpScript.Http.Guard;

/// <summary>Puts the guard into an application.</summary>
static class HostAndOriginGuardExtensions
{
    /// <summary>Checks the Host and Origin of every request from here on, and answers preflights. Call it before authentication.</summary>
    public static IApplicationBuilder UseHostAndOriginGuard(this IApplicationBuilder app, HostAndOriginOptions options)
    {
        var guard = new HostAndOriginGuard(options);
        return app.Use(next => context => guard.InvokeAsync(context, next));
    }
}
