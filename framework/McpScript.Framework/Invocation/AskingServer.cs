using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>The server that a handler sees in the era without sessions: what it asks of the client goes out as an input-required result (SEP-2322) instead of a request.</summary>
/// <param name="inner">The request's own server.</param>
/// <param name="capabilities">What the client declared with this request.</param>
/// <param name="call">The handler's call, which asks the client.</param>
sealed class AskingServer(McpServer inner, ClientCapabilities? capabilities, ParkedCall call) : ServerView(inner)
{
    /// <summary>The handler's call.</summary>
    public ParkedCall Call => call;

    /// <inheritdoc/>
    public override ClientCapabilities? ClientCapabilities { get; } = capabilities ?? new();

    /// <inheritdoc/>
    public override bool IsMrtrSupported => true;

    /// <inheritdoc/>
    public override async Task<JsonRpcResponse> SendRequestAsync(JsonRpcRequest request, CancellationToken cancellationToken = default) =>
        new() { Id = request.Id, Result = await call.AskAsync(request.Method, request.Params, cancellationToken) };
}
