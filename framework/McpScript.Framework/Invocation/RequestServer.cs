using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>
/// The server for the handler of one stateless request. Requests to the client are sent as an input-required result (SEP-2322), and the log level is that of
/// the request (2026-07-28: <c>_meta/io.modelcontextprotocol/logLevel</c>).
/// </summary>
/// <param name="inner">The request's server.</param>
/// <param name="suspended">Sends requests to the client; null to send them through the server itself.</param>
/// <param name="request">The request, which declares capabilities and log level.</param>
sealed class RequestServer(McpServer inner, SuspendedCall? suspended, JsonRpcMessageContext? request) : McpServer
{
    /// <inheritdoc/>
    public override string? SessionId => inner.SessionId;

    /// <inheritdoc/>
    public override string? NegotiatedProtocolVersion => inner.NegotiatedProtocolVersion;

    /// <inheritdoc/>
    public override ClientCapabilities? ClientCapabilities { get; } = suspended is null ? inner.ClientCapabilities : request?.ClientCapabilities ?? new();

    /// <inheritdoc/>
    public override Implementation? ClientInfo => inner.ClientInfo;

    /// <inheritdoc/>
    public override McpServerOptions ServerOptions => inner.ServerOptions;

    /// <inheritdoc/>
    public override IServiceProvider? Services => inner.Services;

    /// <inheritdoc/>
    [Obsolete("Deprecated by 2026-07-28; clients still send it.", DiagnosticId = "MCP9005")]
    public override LoggingLevel? LoggingLevel => request?.LogLevel ?? inner.LoggingLevel;

    /// <inheritdoc/>
    public override bool IsMrtrSupported => suspended is not null || inner.IsMrtrSupported;

    /// <summary>Replaces the server of a request if its handler needs this one; else does nothing.</summary>
    public static void Apply(InvocationContext context)
    {
        var request = context.Message.JsonRpcMessage.Context;
        if (context.Suspended is not null || request?.LogLevel is not null)
            context.Message.Server = new RequestServer(context.Message.Server, context.Suspended, request);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <inheritdoc/>
    public override IAsyncDisposable RegisterNotificationHandler(string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) =>
        inner.RegisterNotificationHandler(method, handler);

    /// <inheritdoc/>
    public override Task RunAsync(CancellationToken cancellationToken = default) => inner.RunAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) =>
        inner.SendMessageAsync(message, cancellationToken);

    /// <inheritdoc/>
    public override async Task<JsonRpcResponse> SendRequestAsync(JsonRpcRequest request, CancellationToken cancellationToken = default) => suspended is null
        ? await inner.SendRequestAsync(request, cancellationToken)
        : new() { Id = request.Id, Result = await suspended.RequestAsync(request.Method, request.Params, cancellationToken) };
}
