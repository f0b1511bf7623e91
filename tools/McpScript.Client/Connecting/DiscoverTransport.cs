using System.Text.Json;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Connecting;

/// <summary>
/// Transport that replaces an invalid result of <c>server/discover</c> by the error "method not found", so that the SDK's client (2.4.0) falls back to
/// <c>initialize</c> instead of failing. Servers older than the method may answer it with any result.
/// </summary>
/// <param name="inner">The underlying transport.</param>
sealed class DiscoverTransport(IClientTransport inner) : IClientTransport
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public async Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default) => new Connected(await inner.ConnectAsync(cancellationToken));

    sealed class Connected : ITransport
    {
        readonly ITransport _inner;
        RequestId? _pending;

        public Connected(ITransport inner) => (_inner, MessageReader) = (inner, new CheckedReader(inner.MessageReader, Check));

        public string? SessionId => _inner.SessionId;

        public ChannelReader<JsonRpcMessage> MessageReader { get; }

        public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
        {
            if (message is JsonRpcRequest { Method: RequestMethods.ServerDiscover } request)
                _pending = request.Id;
            return _inner.SendMessageAsync(message, cancellationToken);
        }

        public ValueTask DisposeAsync() => _inner.DisposeAsync();

        JsonRpcMessage Check(JsonRpcMessage message)
        {
            if (message is not JsonRpcResponse response || response.Id != _pending)
                return message;
            _pending = null;
            return IsDiscoverResult(response) ? message : new JsonRpcError
            {
                Id = response.Id,
                Context = response.Context,
                Error = new() { Code = (int)McpErrorCode.MethodNotFound, Message = "The server's response to server/discover is not a discover result." },
            };
        }

        static bool IsDiscoverResult(JsonRpcResponse response)
        {
            try
            {
                return response.Result.Deserialize<DiscoverResult>(McpJsonUtilities.ProtocolOptions) is { SupportedVersions.Count: > 0 };
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
            {
                // Members are missing or have other types.
                return false;
            }
        }
    }

    sealed class CheckedReader(ChannelReader<JsonRpcMessage> inner, Func<JsonRpcMessage, JsonRpcMessage> check) : ChannelReader<JsonRpcMessage>
    {
        public override Task Completion => inner.Completion;

        public override bool TryRead(out JsonRpcMessage item)
        {
            if (!inner.TryRead(out item!))
                return false;
            item = check(item);
            return true;
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => inner.WaitToReadAsync(cancellationToken);
    }
}
