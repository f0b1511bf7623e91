using McpScript.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpScript.Http.Requests;

/// <summary>
/// Middleware that observes HTTP requests: counts those at the MCP port, logs refused ones, and all of them if the access log is enabled. Safe for concurrent
/// use.
/// </summary>
/// <param name="loggers">The loggers.</param>
/// <param name="access">True to log each request.</param>
/// <param name="time">The clock.</param>
sealed partial class RequestMonitor(ILoggerFactory loggers, bool access, TimeProvider time)
{
    /// <summary>Name of the port whose requests are counted.</summary>
    public const string Mcp = "MCP";

    // Enough of a session id to distinguish sessions, but not enough to use one.
    const int SessionShown = 8;

    readonly ILogger _access = loggers.CreateLogger("McpScript.Http.Access");
    readonly RefusalLog _refusals = new(loggers.CreateLogger<RefusalLog>(), time);
    long _requests, _errors, _connections, _last;

    /// <summary>The number of requests since the start.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>The number of requests that were answered with a 4xx or 5xx status.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>The number of requests that are being answered now, open streams included.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Time of the last request; null before the first.</summary>
    public DateTimeOffset? LastRequest => Interlocked.Read(ref _last) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Observes the requests of an application; must be its first middleware.</summary>
    /// <param name="app">The application.</param>
    /// <param name="port">The port's name: <c>MCP</c>, <c>management</c>, <c>health</c>.</param>
    public void Use(IApplicationBuilder app, string port) => app.Use(next => context => ObserveAsync(context, next, port));

    /// <summary>Observes the requests of an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="port">The port's name: <c>MCP</c>, <c>management</c>, <c>health</c>.</param>
    public void Use(IEndpointConventionBuilder endpoint, string port) => endpoint.Add(builder =>
    {
        if (builder.RequestDelegate is { } next)
            builder.RequestDelegate = context => ObserveAsync(context, next, port);
    });

    async Task ObserveAsync(HttpContext context, RequestDelegate next, string port)
    {
        var began = access ? time.GetTimestamp() : 0;
        if (port == Mcp)
            CountBeginning();
        try
        {
            await next(context);
        }
        finally
        {
            if (port == Mcp)
                CountEnd(context.Response.StatusCode);
            if (IsRefusal(context.Response.StatusCode, port))
                _refusals.Add(context, port);
            if (access)
                Requested(context, time.GetElapsedTime(began));
        }
    }

    void CountBeginning()
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Increment(ref _connections);
        Interlocked.Exchange(ref _last, time.GetUtcNow().UtcTicks);
    }

    void CountEnd(int status)
    {
        Interlocked.Decrement(ref _connections);
        if (status >= 400)
            Interlocked.Increment(ref _errors);
    }

    // At management 404, 409 and 422 are results of an operator's request, and at health 503 is a normal answer.
    static bool IsRefusal(int status, string port) => port switch
    {
        "health" => false,
        "management" => status is 400 or 401 or 403 or 405 or 413 or 415 or 429,
        _ => status is >= 400 and < 500 or 503,
    };

    void Requested(HttpContext context, TimeSpan took)
    {
        if (!_access.IsEnabled(LogLevel.Information))
            return;
        var (request, response) = (context.Request, context.Response);
        var session = request.Headers[McpHeaders.SessionId].ToString() is { Length: > 0 } sent ? sent : response.Headers[McpHeaders.SessionId].ToString();
        Request(
            request.Method, RequestText.Path(request), response.StatusCode, Math.Round(took.TotalMilliseconds, 1), RequestText.Remote(context),
            session.Length == 0 ? "-" : RequestText.Plain(session, SessionShown), CallerIdentity.From(context.User)?.Name ?? "-", context.TraceIdentifier);
    }

    void Request(string method, string path, int status, double milliseconds, string remote, string session, string principal, string requestId) =>
        Request(_access, method, path, status, milliseconds, remote, session, principal, requestId);

    [LoggerMessage(Level = LogLevel.Information, Message =
        "{Method} {Path} {Status} {DurationMs} ms from {Remote}, session {Session}, principal {Principal}, request {RequestId}")]
    static partial void Request(
        ILogger log, string method, string path, int status, double durationMs, string remote, string session, string principal, string requestId);
}
