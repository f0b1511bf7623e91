using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Calls;

/// <summary>The server that a handler sees on a stateless transport: what it asks of the client goes out as an input-required result (SEP-2322) instead of a request.</summary>
/// <param name="inner">The request's own server.</param>
/// <param name="capabilities">What the client declared with this request.</param>
/// <param name="ask">Asks the client.</param>
sealed class AskingServer(McpServer inner, ClientCapabilities? capabilities, Func<string, JsonNode?, CancellationToken, Task<JsonNode?>> ask) : ServerView(inner)
{
    /// <inheritdoc/>
    public override ClientCapabilities? ClientCapabilities { get; } = capabilities ?? new();

    /// <inheritdoc/>
    public override bool IsMrtrSupported => true;

    /// <inheritdoc/>
    public override async Task<JsonRpcResponse> SendRequestAsync(JsonRpcRequest request, CancellationToken cancellationToken = default) =>
        new() { Id = request.Id, Result = await ask(request.Method, request.Params, cancellationToken) };
}
