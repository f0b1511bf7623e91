using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Framework.Tests.Http;

/// <summary>A server that reports the end of its run.</summary>
sealed class CountedServer(McpServer inner, Action ended) : McpServer
{
    public override string? SessionId => inner.SessionId;

    public override string? NegotiatedProtocolVersion => inner.NegotiatedProtocolVersion;

    public override ClientCapabilities? ClientCapabilities => inner.ClientCapabilities;

    public override Implementation? ClientInfo => inner.ClientInfo;

    public override McpServerOptions ServerOptions => inner.ServerOptions;

    public override IServiceProvider? Services => inner.Services;

    [Obsolete("Deprecated by 2026-07-28.", DiagnosticId = "MCP9005")]
    public override LoggingLevel? LoggingLevel => inner.LoggingLevel;

    public override bool IsMrtrSupported => inner.IsMrtrSupported;

    public override async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.RunAsync(cancellationToken);
        }
        finally
        {
            ended();
        }
    }

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    public override IAsyncDisposable RegisterNotificationHandler(string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) =>
        inner.RegisterNotificationHandler(method, handler);

    public override Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) =>
        inner.SendMessageAsync(message, cancellationToken);

    public override Task<JsonRpcResponse> SendRequestAsync(JsonRpcRequest request, CancellationToken cancellationToken = default) =>
        inner.SendRequestAsync(request, cancellationToken);
}
