using System.Text;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Guard;

/// <summary>
/// Refuses requests for another host (as after DNS rebinding) or from a foreign web page (by Origin), and sends CORS headers to allowed pages.
/// Safe for concurrent use.
/// </summary>
sealed class HostAndOriginGuard(HostAndOriginOptions options)
{
    readonly HostList _hosts = new(options.AllowedHosts);
    readonly OriginList _origins = new(options.AllowedOrigins);

    /// <summary>
    /// Passes a request on, or answers it itself. Must run before authentication: a browser's preflight carries no credentials.
    /// </summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!await AdmitAsync(context))
            return;
        // With OAuth the middleware runs before authentication, and the endpoint comes after it. Only an admitted request is not checked again.
        context.Items[options] = null;
        await next(context);
    }

    /// <summary>Returns true if the request may continue; if not, it has been answered. A request that the middleware admitted is not checked again.</summary>
    public ValueTask<bool> AdmitAsync(HttpContext context)
    {
        if (context.Items.ContainsKey(options))
            return ValueTask.FromResult(true);
        if (!_hosts.Has(context.Request.Host))
        {
            var why = $"Forbidden: the host '{context.Request.Host}' is not one that this server answers for. List it in allowed_hosts if it should be.";
            return RefuseAsync(context, why);
        }

        var origin = context.Request.Headers.Origin;
        if (origin.Count == 0)
            return ValueTask.FromResult(true);
        if (origin.Count > 1 || !_origins.Has(origin.ToString()))
            return RefuseAsync(context, $"Forbidden: pages from '{origin}' may not use this server. List the origin in allowed_origins if they should.");
        return Allow(context, origin.ToString());
    }

    // On every response, errors too: without these headers the page could not read it.
    ValueTask<bool> Allow(HttpContext context, string origin)
    {
        var (request, response) = (context.Request.Headers, context.Response.Headers);
        response.AccessControlAllowOrigin = origin;
        response.AccessControlExposeHeaders = options.ExposedHeaders;
        if (!response.Vary.Contains("Origin"))
            response.Append("Vary", "Origin");
        if (!HttpMethods.IsOptions(context.Request.Method) || request.AccessControlRequestMethod.Count == 0)
            return ValueTask.FromResult(true);

        // The names of Mcp-Param-* headers depend on the tools, so all requested headers are allowed.
        response.AccessControlAllowMethods = options.AllowedMethods;
        if (Ascii.IsValid(request.AccessControlRequestHeaders.ToString()))
            response.AccessControlAllowHeaders = request.AccessControlRequestHeaders;
        response.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return ValueTask.FromResult(false);
    }

    async ValueTask<bool> RefuseAsync(HttpContext context, string why)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        RefusalLog.Explain(context, why);
        await (options.Refuse is { } refuse ? refuse(context, why) : new Rejection(403, Rejection.Transport, why).WriteAsync(context));
        return false;
    }
}
