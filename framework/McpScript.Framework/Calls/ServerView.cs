using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Calls;

/// <summary>Another view of a request's server: the same, but for what a deriving class knows better.</summary>
abstract class ServerView(McpServer inner) : McpServer
{
    /// <inheritdoc/>
    public override string? SessionId => inner.SessionId;

    /// <inheritdoc/>
    public override string? NegotiatedProtocolVersion => inner.NegotiatedProtocolVersion;

    /// <inheritdoc/>
    public override ClientCapabilities? ClientCapabilities => inner.ClientCapabilities;

    /// <inheritdoc/>
    public override Implementation? ClientInfo => inner.ClientInfo;

    /// <inheritdoc/>
    public override McpServerOptions ServerOptions => inner.ServerOptions;

    /// <inheritdoc/>
    public override IServiceProvider? Services => inner.Services;

    /// <inheritdoc/>
    [Obsolete("Deprecated by 2026-07-28; older clients still set it.", DiagnosticId = "MCP9005")]
    public override LoggingLevel? LoggingLevel => inner.LoggingLevel;

    /// <inheritdoc/>
    public override bool IsMrtrSupported => inner.IsMrtrSupported;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <inheritdoc/>
    public override IAsyncDisposable RegisterNotificationHandler(string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) =>
        inner.RegisterNotificationHandler(method, handler);

    /// <inheritdoc/>
    public override Task RunAsync(CancellationToken cancellationToken = default) => inner.RunAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) => inner.SendMessageAsync(message, cancellationToken);

    /// <inheritdoc/>
    public override Task<JsonRpcResponse> SendRequestAsync(JsonRpcRequest request, CancellationToken cancellationToken = default) =>
        inner.SendRequestAsync(request, cancellationToken);
}
