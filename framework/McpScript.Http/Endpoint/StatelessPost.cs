using McpScript.Http.Requests;
using McpScript.Http.Streams;
using McpScript.Protocol;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Http.Endpoint;

/// <summary>Serves a request of the stateless era: a server of its own, for as long as the request lasts.</summary>
sealed class StatelessPost(IServerFactory servers, EndpointShutdown shutdown, KeepAlive keepAlive, ILoggerFactory loggers)
{
    static readonly Rejection Broken = new(500, (int)McpErrorCode.InternalError, "The server of this request ended before it answered. The server's log says more.");

    /// <summary>Serves one message.</summary>
    public Task HandleAsync(McpHttpRequest exchange, JsonRpcMessage message)
    {
        if (message is JsonRpcRequest request)
            return CallAsync(exchange, request);
        // A stateless client's notifications and answers have nobody to go to: it cancels by hanging up, and is asked nothing.
        EventStreamResponse.Accept(exchange.Context);
        return Task.CompletedTask;
    }

    async Task CallAsync(McpHttpRequest exchange, JsonRpcRequest request)
    {
        var context = exchange.Context;
        var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        await using var closingTransport = transport;
        await using var server = servers.Create(transport, context.RequestServices);
        var options = server.ServerOptions;
        var mismatch = RoutingHeaders.RefuseExtension(exchange.Headers, request, options.RequestHandlers)
            ?? ParamHeaders.Refuse(exchange.Headers, request, options.ToolCollection);
        if (mismatch is not null)
        {
            await exchange.RejectAsync(mismatch);
            return;
        }

        // A subscription would last for ever, so it ends when the application begins to stop; a call may use the time there is.
        var isCall = request.Method != RequestMethods.SubscriptionsListen;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted, isCall ? shutdown.Cut : shutdown.Stopping);
        if (isCall)
            shutdown.Enter();
        try
        {
            await RunAsync(exchange, request, server, transport, ended.Token);
        }
        finally
        {
            if (isCall)
                shutdown.Leave();
        }
    }

    async Task RunAsync(McpHttpRequest exchange, JsonRpcRequest request, McpServer server, StreamableHttpServerTransport transport, CancellationToken ended)
    {
        await using var response = EventStreamResponse.Begin(exchange.Context, keepAlive);
        using var open = request.Method == RequestMethods.SubscriptionsListen ? Instruments.StreamOpened(OpenStreamKind.Listen) : null;
        var run = RunServerAsync(server, transport, ended);
        try
        {
            await transport.HandlePostRequestAsync(request, response, first => SetStatusAsync(exchange, response, first), ended);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client has gone, we are stopping, or the server has ended early. Nothing else is to be written any more.
            await response.DisposeAsync();
            if (!exchange.Aborted.IsCancellationRequested && e is not IOException && request.Method != RequestMethods.SubscriptionsListen)
                await EventStreamResponse.EndAsync(exchange, shutdown.Cut.IsCancellationRequested ? EndpointShutdown.Rejection : Broken);
        }
        finally
        {
            await transport.DisposeAsync();
            await run;
        }
    }

    async Task RunServerAsync(McpServer server, StreamableHttpServerTransport transport, CancellationToken ended)
    {
        try
        {
            await servers.RunAsync(server, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // How a server ends whose client has gone.
        }
        finally
        {
            // If it ended before it answered, nobody will: let the waiting response know.
            await transport.DisposeAsync();
        }
    }

    // These errors have a status of their own, as long as nothing has been sent.
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
