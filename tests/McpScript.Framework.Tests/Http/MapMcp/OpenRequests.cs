using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;

namespace McpScript.Framework.Tests.Http.MapMcp;

/// <summary>Requests that a web server has received and not ended: a client that disconnects is noticed later than it leaves.</summary>
sealed class OpenRequests
{
    readonly ConcurrentDictionary<string, int> _byMethod = new();

    /// <summary>Counts all requests of an application, as its first middleware.</summary>
    public void Watch(WebApplication app) => app.Use(async (context, next) =>
    {
        Count(context.Request.Method, +1);
        try
        {
            await next(context);
        }
        finally
        {
            Count(context.Request.Method, -1);
        }
    });

    /// <summary>Waits until all requests of a method have ended.</summary>
    public Task EndedAsync(string method) => Until.TrueAsync(() => _byMethod.GetValueOrDefault(method) == 0);

    void Count(string method, int change) => _byMethod.AddOrUpdate(method, change, (_, count) => count + change);
}
