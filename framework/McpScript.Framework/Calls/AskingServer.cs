using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Calls;

/// <summary>The server that a handler sees on a stateless transport: what it asks of the client goes out as an input-required result (SEP-2322) instead of a request.</summary>
/// <param name="inner">The request's own server.</param>
/// <param name="capabilities">What the client declared with this request.</param>
/// <param name="ask">Asks the client.</param>
sealed class AskingServer(McpServer inner, ClientCapabilities? capabilities, Func<string, JsonNode?, CancellationToken, Task<JsonNode?>> ask) : McpServer
{
    /// <inheritdoc/>
    public override string? SessionId => inner.SessionId;

    /// <inheritdoc/>
    public override string? NegotiatedProtocolVersion => inner.NegotiatedProtocolVersion;

    /// <inheritdoc/>
    public override ClientCapabilities? ClientCapabilities { get; } = capabilities ?? new();

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
    public override bool IsMrtrSupported => true;

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
    public override async Task<JsonRpcResponse> SendRequestAsync(JsonRpcRequest request, CancellationToken cancellationToken = default) =>
        new() { Id = request.Id, Result = await ask(request.Method, request.Params, cancellationToken) };
}
