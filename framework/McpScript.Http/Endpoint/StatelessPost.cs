using McpScript.Http.Requests;
using McpScript.Http.Streams;
using McpScript.Protocol;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Http.Endpoint;

/// <summary>Serves a stateless request (protocol 2026-07-28 and later) with a server of its own, which lives as long as the request.</summary>
sealed class StatelessPost(IServerFactory servers, EndpointShutdown shutdown, KeepAlive keepAlive, ILoggerFactory loggers)
{
    static readonly Rejection Broken =
        new(500, (int)McpErrorCode.InternalError, "The server of this request ended before it answered. The server's log says more.");

    /// <summary>Serves one message.</summary>
    public async Task HandleAsync(McpHttpRequest exchange, JsonRpcMessage message)
    {
        if (message is not JsonRpcRequest request)
        {
            // No server waits for notifications and responses of stateless clients: they cancel by disconnecting, and get no requests.
            EventStreamResponse.Accept(exchange.Context);
            return;
        }
        var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        await using var closingTransport = transport;
        await using var server = servers.Create(transport, exchange.Context.RequestServices);
        var options = server.ServerOptions;
        var mismatch = RoutingHeaders.RefuseExtension(exchange.Headers, request, options.RequestHandlers)
            ?? ParamHeaders.Refuse(exchange.Headers, request, options.ToolCollection);
        if (mismatch is not null)
        {
            await exchange.RejectAsync(mismatch);
            return;
        }
        // A subscription never ends by itself, so it ends when the shutdown begins; a call may use the drain timeout.
        var isCall = request.Method != RequestMethods.SubscriptionsListen;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted, isCall ? shutdown.Aborting : shutdown.Stopping);
        using var counted = isCall ? shutdown.Enter() : default;
        await AnswerAsync(exchange, request, server, transport, ended.Token);
    }

    async Task AnswerAsync(
        McpHttpRequest exchange, JsonRpcRequest request, McpServer server, StreamableHttpServerTransport transport, CancellationToken ended)
    {
        await using var response = SseResponse.Begin(exchange.Context, keepAlive);
        using var open = request.Method == RequestMethods.SubscriptionsListen ? Instruments.StreamOpened(OpenStreamKind.Listen) : null;
        var run = RunAsync(server, transport, ended);
        try
        {
            await transport.HandlePostRequestAsync(request, response, first => SetStatusAsync(exchange, response, first), ended);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client disconnected, the endpoint stops, or the server ended early. Nothing else may be written.
            await response.DisposeAsync();
            if (!exchange.Aborted.IsCancellationRequested && e is not IOException && request.Method != RequestMethods.SubscriptionsListen)
                await EventStreamResponse.EndAsync(exchange, shutdown.Aborting.IsCancellationRequested ? EndpointShutdown.Rejection : Broken);
        }
        finally
        {
            await transport.DisposeAsync();
            await run;
        }
    }

    static async Task RunAsync(McpServer server, StreamableHttpServerTransport transport, CancellationToken ended)
    {
        try
        {
            await server.RunAsync(ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The normal end of a server whose client has disconnected.
        }
        finally
        {
            // A server that ended before it answered will not answer any more: ends the wait for its response.
            await transport.DisposeAsync();
        }
    }

    // These errors have an HTTP status of their own, which can be set until the response has started.
    static ValueTask SetStatusAsync(McpHttpRequest exchange, SseResponse response, JsonRpcMessage? first) => first is JsonRpcError error
        ? response.BeforeNextAsync(() =>
        {
            if (!exchange.Context.Response.HasStarted)
                Refuse(exchange, error);
        })
        : default;

    static void Refuse(McpHttpRequest exchange, JsonRpcError error)
    {
        exchange.Context.Response.StatusCode = StatusOf(error);
        RefusalLog.Explain(exchange.Context, error.Error.Message);
    }

    static int StatusOf(JsonRpcError error) => (McpErrorCode)error.Error.Code switch
    {
        McpErrorCode.MethodNotFound => 404,
        McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion or McpErrorCode.HeaderMismatch => 400,
        _ => 200,
    };
}
