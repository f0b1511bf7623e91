using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>Another view of a request's server: the same, but for what a deriving class knows better.</summary>
abstract class ServerView(McpServer inner) : McpServer
{
    /// <summary>The view of a kind among those that lie over each other; null if there is none.</summary>
    public static T? Find<T>(McpServer? server) where T : ServerView
    {
        while (server is ServerView view and not T)
            server = view.Inner;
        return server as T;
    }

    McpServer Inner { get; } = inner;

    /// <inheritdoc/>
    public override string? SessionId => Inner.SessionId;

    /// <inheritdoc/>
    public override string? NegotiatedProtocolVersion => Inner.NegotiatedProtocolVersion;

    /// <inheritdoc/>
    public override ClientCapabilities? ClientCapabilities => Inner.ClientCapabilities;

    /// <inheritdoc/>
    public override Implementation? ClientInfo => Inner.ClientInfo;

    /// <inheritdoc/>
    public override McpServerOptions ServerOptions => Inner.ServerOptions;

    /// <inheritdoc/>
    public override IServiceProvider? Services => Inner.Services;

    /// <inheritdoc/>
    [Obsolete("Deprecated by 2026-07-28; older clients still set it.", DiagnosticId = "MCP9005")]
    public override LoggingLevel? LoggingLevel => Inner.LoggingLevel;

    /// <inheritdoc/>
    public override bool IsMrtrSupported => Inner.IsMrtrSupported;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => Inner.DisposeAsync();

    /// <inheritdoc/>
    public override IAsyncDisposable RegisterNotificationHandler(string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) =>
        Inner.RegisterNotificationHandler(method, handler);

    /// <inheritdoc/>
    public override Task RunAsync(CancellationToken cancellationToken = default) => Inner.RunAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) => Inner.SendMessageAsync(message, cancellationToken);

    /// <inheritdoc/>
    public override Task<JsonRpcResponse> SendRequestAsync(JsonRpcRequest request, CancellationToken cancellationToken = default) =>
        Inner.SendRequestAsync(request, cancellationToken);
}
