using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Connecting;

/// <summary>
/// Transport that adds the log level to the <c>_meta</c> of each request, as protocol 2026-07-28 requires. The SDK's client (2.4.0) has no option for it,
/// and removes the key from <c>_meta</c>.
/// </summary>
/// <param name="inner">The underlying transport.</param>
/// <param name="level">Returns the current level; null for none.</param>
sealed class LogLevelTransport(IClientTransport inner, Func<LoggingLevel?> level) : IClientTransport
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public async Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default) =>
        new Connected(await inner.ConnectAsync(cancellationToken), this);

    void AddLevel(JsonRpcMessage message)
    {
        // Only requests without a session carry the protocol version.
        if (level() is { } current && message is JsonRpcRequest { Params: JsonObject parameters }
            && parameters["_meta"] is JsonObject meta && meta.ContainsKey("io.modelcontextprotocol/protocolVersion"))
            meta["io.modelcontextprotocol/logLevel"] = JsonSerializer.SerializeToNode(current, McpJsonUtilities.DefaultOptions);
    }

    sealed class Connected(ITransport inner, LogLevelTransport owner) : ITransport
    {
        public string? SessionId => inner.SessionId;

        public ChannelReader<JsonRpcMessage> MessageReader => inner.MessageReader;

        public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
        {
            owner.AddLevel(message);
            return inner.SendMessageAsync(message, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
