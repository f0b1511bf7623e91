using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Health;

/// <summary>Counters for HTTP requests. Safe for concurrent use.</summary>
sealed class TrafficCounters(TimeProvider time)
{
    long _requests, _errors, _connections, _last;

    /// <summary>The number of requests since the start.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>The number of requests that were answered with a 4xx or 5xx status.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>The number of requests that are being answered now, open streams included.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Time of the last request; null before the first.</summary>
    public DateTimeOffset? LastRequest => Interlocked.Read(ref _last) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Counts every request of an application.</summary>
    public void Count(IApplicationBuilder app) => app.Use(next => context => CountAsync(context, next));

    /// <summary>Counts every request of an endpoint.</summary>
    public void Count(IEndpointConventionBuilder endpoint) => endpoint.Add(builder =>
    {
        if (builder.RequestDelegate is { } next)
            builder.RequestDelegate = context => CountAsync(context, next);
    });

    async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Increment(ref _connections);
        Interlocked.Exchange(ref _last, time.GetUtcNow().UtcTicks);
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
            if (context.Response.StatusCode >= 400)
                Interlocked.Increment(ref _errors);
        }
    }
}
