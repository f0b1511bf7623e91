using McpScript.Http.Guard;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Management;

/// <summary>
/// Refuses requests to the management port that are for another host (DNS rebinding) or from a web page of any origin, because management can run code.
/// Only the pages that this port serves may use it. Never sends CORS headers, so browsers let no other page read a response.
/// </summary>
sealed class ManagementGuard(RequestDelegate next)
{
    static readonly HostList Hosts = new(HostAndOriginOptions.Loopback);

    /// <summary>Runs the request, or refuses it with 403.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!Hosts.Has(context.Request.Host))
        {
            var problem = $"Forbidden: the host '{context.Request.Host}' is not one that the management port answers for.";
            return RefuseAsync(context, $"{problem} It is reached as 127.0.0.1 or localhost only.");
        }
        return ForeignPage(context) is { } page
            ? RefuseAsync(context, $"Forbidden: pages from {page} may not use the management port. No web page may, but those that it serves itself.")
            : next(context);
    }

    static string? ForeignPage(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.Origin.Count > 0)
            return IsOwn(context, headers.Origin.ToString()) ? null : $"'{headers.Origin}'";
        // Browsers send this header with requests without an Origin too: images, scripts, links.
        return headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" ? "elsewhere" : null;
    }

    // The port must be ours: the Host header of a page that a development server forwards has that server's port.
    static bool IsOwn(HttpContext context, string origin) =>
        context.Request.Host is { Port: { } port } host && port == context.Connection.LocalPort
        && string.Equals(origin, $"http://{host.Value}", StringComparison.OrdinalIgnoreCase);

    static Task RefuseAsync(HttpContext context, string why)
    {
        RefusalLog.Explain(context, why);
        return ManagementEndpoints.Failure(403, why).ExecuteAsync(context);
    }
}
