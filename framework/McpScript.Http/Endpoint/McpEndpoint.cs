using McpScript.Http.Guard;
using McpScript.Http.Requests;
using McpScript.Http.Sessions;
using McpScript.Http.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Endpoint;

/// <summary>Serves MCP at one URL: sessions for clients that initialize, and stateless requests (protocol 2026-07-28 and later).</summary>
sealed partial class McpEndpoint : IEndpointConventionBuilder
{
    const string SessionMethods = "GET, POST, DELETE";

    readonly McpEndpointOptions _options;
    readonly HostAndOriginGuard _guard;
    readonly MessageReader _reader;
    readonly EndpointShutdown _shutdown = new();
    readonly SessionPost _sessionPost;
    readonly SessionGet _sessionGet;
    readonly StatelessPost _statelessPost;
    readonly ILogger<McpEndpoint> _log;
    IEndpointConventionBuilder? _route;

    internal McpEndpoint(McpEndpointOptions options, ILoggerFactory loggers)
    {
        _options = options;
        _log = loggers.CreateLogger<McpEndpoint>();
        _guard = new HostAndOriginGuard(options.Access);
        _reader = new MessageReader(options.MaxRequestBody, options.MaxDepth);
        var streams = options.EventStreams is { } limits ? new EventStreams(limits, options.Time) : null;
        Sessions = new SessionStore(options.Sessions, options.Servers, streams, options.Time, loggers);
        var keepAlive = new KeepAlive(options.KeepAlive, options.Time);
        _sessionPost = new SessionPost(Sessions, _shutdown, keepAlive);
        _sessionGet = new SessionGet(Sessions, streams, _shutdown, keepAlive);
        _statelessPost = new StatelessPost(options.Servers, _shutdown, keepAlive, loggers);
    }

    /// <summary>The open sessions.</summary>
    public SessionStore Sessions { get; }

    /// <inheritdoc />
    public void Add(Action<EndpointBuilder> convention) => _route!.Add(convention);

    /// <inheritdoc />
    public void Finally(Action<EndpointBuilder> finallyConvention) => _route!.Finally(finallyConvention);

    /// <summary>
    /// Begins the shutdown: new sessions and requests are refused with 503, and idle streams end. Running calls continue, and so do messages that belong to
    /// them.
    /// </summary>
    public void BeginDrain() => _shutdown.Begin();

    /// <summary>
    /// Shuts down: ends idle streams, lets running calls finish within the timeout, cancels the others, and ends the sessions.
    /// May be called more than once; the shortest timeout applies. Called by the endpoint itself when the application stops.
    /// </summary>
    public async Task DrainAsync(TimeSpan timeout)
    {
        _shutdown.Begin();
        if (!await _shutdown.DrainAsync(timeout, _options.Time))
            CallsAborted(timeout);
        // Tools that ignore cancellation are not waited for: the process is about to end.
        using var timeToClose = new CancellationTokenSource(TimeSpan.FromSeconds(1), _options.Time);
        try
        {
            await Sessions.CloseAsync(timeToClose.Token);
        }
        catch (OperationCanceledException)
        {
            SessionsLeft();
        }
    }

    internal void RoutedBy(IEndpointConventionBuilder route) => _route = route;

    /// <summary>Serves one HTTP request.</summary>
    internal async Task InvokeAsync(HttpContext context)
    {
        if (!await _guard.AdmitAsync(context))
            return;
        var exchange = new McpHttpRequest(context);
        try
        {
            await (context.Request.Method switch
            {
                "POST" => PostAsync(exchange),
                "GET" or "DELETE" => SessionMethodAsync(exchange),
                "OPTIONS" => OptionsAsync(exchange),
                _ => exchange.RejectAsync(NotAllowed(exchange)),
            });
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected, so there is nothing to answer.
        }
        catch (BadHttpRequestException e)
        {
            // Kestrel reports a body that does not match its headers.
            await FailAsync(exchange, new(e.StatusCode, Rejection.Transport, e.Message));
        }
        catch (Exception e)
        {
            // A bug: all client errors have been answered before. The client still gets an answer, and the server keeps running.
            RequestFailed(context.Request.Method, e);
            await FailAsync(exchange, new(500, (int)McpErrorCode.InternalError, "An internal error occurred. The server's log says more."));
        }
    }

    async Task PostAsync(McpHttpRequest exchange)
    {
        var context = exchange.Context;
        if (MediaTypes.RefusePost(context.Request) is { } unacceptable)
        {
            await exchange.RejectAsync(unacceptable);
            return;
        }
        var (message, malformed) = await _reader.ReadAsync(context);
        if (message is null)
        {
            exchange.Id = malformed!.Id;
            await exchange.RejectAsync(malformed);
            return;
        }
        exchange.Id = message is JsonRpcRequest request ? request.Id : default;
        if (RequestChecks.Refuse(exchange, message) is { } rejection)
        {
            await exchange.RejectAsync(rejection);
            return;
        }
        if (message is JsonRpcRequest && _shutdown.HasBegun)
        {
            await exchange.RejectAsync(EndpointShutdown.Rejection);
            return;
        }
        message.Context = new JsonRpcMessageContext
        {
            ProtocolVersion = exchange.Version.Length > 0 ? exchange.Version : null,
            User = context.User.Identity is { IsAuthenticated: true } ? context.User : null,
        };
        await (exchange.IsStateless ? _statelessPost.HandleAsync(exchange, message) : _sessionPost.HandleAsync(exchange, message));
    }

    Task SessionMethodAsync(McpHttpRequest exchange)
    {
        if (RequestChecks.RefuseVersion(exchange.Version) is { } unknown)
            return exchange.RejectAsync(unknown);
        if (exchange.IsStateless)
            return exchange.RejectAsync(NotAllowed(exchange));
        if (exchange.Context.Request.Method != "GET")
            return DeleteAsync(exchange);
        return _shutdown.HasBegun ? exchange.RejectAsync(EndpointShutdown.Rejection) : _sessionGet.HandleAsync(exchange);
    }

    Task DeleteAsync(McpHttpRequest exchange)
    {
        var (session, rejection) = SessionLookup.Enter(exchange, Sessions);
        if (session is null)
            return exchange.RejectAsync(rejection!);
        Sessions.End(session);
        exchange.Context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    static Task OptionsAsync(McpHttpRequest exchange)
    {
        exchange.Context.Response.Headers.Allow = SessionMethods;
        exchange.Context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    static Rejection NotAllowed(McpHttpRequest exchange) => exchange.IsStateless
        ? new(405, Rejection.Transport, $"Method not allowed: protocol version '{exchange.Version}' has no sessions and uses POST only.") { Allow = "POST" }
        : new(405, Rejection.Transport, "Method not allowed.") { Allow = SessionMethods };

    static Task FailAsync(McpHttpRequest exchange, Rejection rejection)
    {
        if (!exchange.Context.Response.HasStarted)
            return exchange.RejectAsync(rejection);
        // Part of the response has been sent; closing the connection is the only way left to report that it is incomplete.
        exchange.Context.Abort();
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} at the MCP endpoint failed.")]
    partial void RequestFailed(string method, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Calls that still ran after {Timeout} were cut.")]
    partial void CallsAborted(TimeSpan timeout);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Some sessions did not end in time: a tool ignores its cancellation.")]
    partial void SessionsLeft();
}
