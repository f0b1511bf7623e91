using McpScript.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpScript.Http.Requests;

/// <summary>Log of HTTP requests: refused ones, and all of them if the access log is enabled.</summary>
/// <param name="loggers">The loggers.</param>
/// <param name="access">True to log each request.</param>
/// <param name="time">The clock.</param>
sealed partial class RequestLog(ILoggerFactory loggers, bool access, TimeProvider time)
{
    // Enough of a session id to distinguish sessions, but not enough to use one.
    const int SessionShown = 8;

    readonly ILogger _access = loggers.CreateLogger("McpScript.Http.Access");
    readonly RefusalLog _refusals = new(loggers.CreateLogger<RefusalLog>(), time);

    /// <summary>Logs the requests of an application; must be its first middleware.</summary>
    /// <param name="app">The application.</param>
    /// <param name="port">The port's name: <c>MCP</c>, <c>management</c>, <c>health</c>.</param>
    public void Use(IApplicationBuilder app, string port) => app.Use(next => context => LoggedAsync(context, next, port));

    /// <summary>Logs the requests of an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="port">The port's name: <c>MCP</c>, <c>management</c>, <c>health</c>.</param>
    public void Use(IEndpointConventionBuilder endpoint, string port) => endpoint.Add(builder =>
    {
        if (builder.RequestDelegate is { } next)
            builder.RequestDelegate = context => LoggedAsync(context, next, port);
    });

    async Task LoggedAsync(HttpContext context, RequestDelegate next, string port)
    {
        var began = access ? time.GetTimestamp() : 0;
        try
        {
            await next(context);
        }
        finally
        {
            if (IsRefusal(context.Response.StatusCode, port))
                _refusals.Add(context, port);
            if (access)
                Requested(context, time.GetElapsedTime(began));
        }
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
