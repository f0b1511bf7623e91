using McpScript.Http.Guard;
using McpScript.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Management;

/// <summary>
/// Refuses requests at the management port that were meant for another host (DNS rebinding) or come from a web page, whatever its origin: management can
/// run code. Only pages that this port has served itself may use it. Nothing is ever allowed to other pages (CORS), so browsers let none of them read an
/// answer.
/// </summary>
sealed class ManagementGuard(RequestDelegate next)
{
    static readonly HostList s_hosts = new(HostAndOriginOptions.Loopback);

    /// <summary>Runs the request, or refuses it.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!s_hosts.Has(context.Request.Host))
            return RefuseAsync(context, $"Forbidden: the host '{context.Request.Host}' is not one that the management port answers for. It is reached as 127.0.0.1 or localhost only.");
        return ForeignPage(context) is { } page
            ? RefuseAsync(context, $"Forbidden: pages from {page} may not use the management port. No web page may, but those that it serves itself.")
            : next(context);
    }

    static string? ForeignPage(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.Origin.Count > 0)
            return IsOwn(context, headers.Origin.ToString()) ? null : $"'{headers.Origin}'";
        // Browsers tell this of requests without an Origin too: images, scripts, links.
        return headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" ? "elsewhere" : null;
    }

    // A page that a development server passes on has that server's port in its Host, not ours.
    static bool IsOwn(HttpContext context, string origin) =>
        context.Request.Host is { Port: { } port } host && port == context.Connection.LocalPort && string.Equals(origin, $"http://{host.Value}", StringComparison.OrdinalIgnoreCase);

    static Task RefuseAsync(HttpContext context, string why)
    {
        RefusalLog.Explain(context, why);
        return ManagementEndpoints.Failure(403, why).ExecuteAsync(context);
    }
}
