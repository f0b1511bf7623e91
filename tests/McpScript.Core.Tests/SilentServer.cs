using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests;

/// <summary>An MCP server without a client, for requests that are made by hand: it sends nothing.</summary>
/// <param name="client">Name of the client that it claims to have; null for none.</param>
/// <param name="session">Id of the session that it claims to serve; null for none.</param>
sealed class SilentServer(string? client = null, string? session = null) : McpServer
{
    public override string? SessionId => session;

    public override string? NegotiatedProtocolVersion => null;

    public override ClientCapabilities? ClientCapabilities => null;

    public override Implementation? ClientInfo => client is null ? null : new() { Name = client, Version = "1" };

    public override McpServerOptions ServerOptions { get; } = new();

    public override IServiceProvider? Services => null;

    [Obsolete("Deprecated by 2026-07-28; older clients still set it.", DiagnosticId = "MCP9005")]
    public override LoggingLevel? LoggingLevel => null;

    public override ValueTask DisposeAsync() => default;

    public override IAsyncDisposable RegisterNotificationHandler(string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) =>
        throw new NotSupportedException();

    public override Task RunAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task<JsonRpcResponse> SendRequestAsync(JsonRpcRequest request,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
