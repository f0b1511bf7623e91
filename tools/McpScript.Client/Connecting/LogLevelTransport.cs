using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Connecting;

/// <summary>
/// Writes the wanted log level on each request, as 2026-07-28 has it. The SDK's client (2.3.1) has no way to say it, and takes the key off again when it is
/// put in a request's <c>_meta</c>.
/// </summary>
/// <param name="inner">The real transport.</param>
/// <param name="level">The wanted level; null for none.</param>
sealed class LogLevelTransport(IClientTransport inner, Func<LoggingLevel?> level) : IClientTransport
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public async Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default) => new Connected(await inner.ConnectAsync(cancellationToken), this);

    void Mark(JsonRpcMessage message)
    {
        if (level() is { } wanted && message is JsonRpcRequest { Params: JsonObject parameters } && parameters["_meta"] is JsonObject meta && meta.ContainsKey("io.modelcontextprotocol/protocolVersion"))
            meta["io.modelcontextprotocol/logLevel"] = JsonSerializer.SerializeToNode(wanted, McpJsonUtilities.DefaultOptions);
    }

    sealed class Connected(ITransport inner, LogLevelTransport owner) : ITransport
    {
        public string? SessionId => inner.SessionId;

        public ChannelReader<JsonRpcMessage> MessageReader => inner.MessageReader;

        public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
        {
            owner.Mark(message);
            return inner.SendMessageAsync(message, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
