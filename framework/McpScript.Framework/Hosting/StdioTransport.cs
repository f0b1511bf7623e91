using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using McpScript.Logging;
using McpScript.Model;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Hosting;

/// <summary>
/// The SDK's stream transport, which also answers requests that were read before the end of the input: <c>printf '…' | mcp-proxy</c> gets its answers.
/// </summary>
/// <remarks>The SDK stops sending when its input ends, so the end is delayed until no request is in flight, at most for the time of a drain.</remarks>
sealed class StdioTransport : ITransport
{
    readonly RequestsInFlight _inFlight = new();
    readonly TaskCompletionSource _inputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ShutdownDeadline _end;
    readonly StreamServerTransport _inner;
    volatile bool _over;

    public StdioTransport(Stream input, Stream output, ShutdownDeadline end, ILoggerFactory loggers)
    {
        _end = end;
        // Buffered, because the SDK writes a message and its line end separately, and then flushes.
        var messages = new BatchAnswers(input, error => SendMessageAsync(error));
        _inner = new StreamServerTransport(new InputWithDrain(messages, EndInputAsync), new BufferedStream(output), "stdio", new QuietClients(loggers));
        MessageReader = new CountedMessages(_inner.MessageReader, _inFlight);
    }

    /// <inheritdoc/>
    public string? SessionId => null;

    /// <summary>Completes when the input has ended, and all requests have been answered or the time of the drain has passed.</summary>
    public Task InputEnded => _inputEnded.Task;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader { get; }

    /// <inheritdoc/>
    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        try
        {
            await _inner.SendMessageAsync(message, cancellationToken);
        }
        finally
        {
            _inFlight.Sent(message);
        }
    }

    /// <summary>Completes when all requests read so far have been answered, or the time for calls has passed.</summary>
    public async Task DrainAsync()
    {
        using var end = new CancellationTokenSource(_end.ForCalls);
        while (!end.IsCancellationRequested && !_over)
        {
            // The order matters: a message moves from the channel to the requests in flight, and with the checks swapped it could be missed in between.
            var arriving = _inner.MessageReader.TryPeek(out _);
            var idle = _inFlight.Idle();
            if (!arriving && idle.IsCompleted)
                return;
            await idle.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Messages that are still in the channel will not be read any more.
        _over = true;
        await _inner.DisposeAsync();
    }

    async Task EndInputAsync()
    {
        _end.Begin();
        await DrainAsync();
        _inputEnded.TrySetResult();
    }

    // A message is counted while it is still in the channel, so that it is always either there or in flight. The channel has one reader, so the message that
    // is peeked is the one that is read.
    sealed class CountedMessages(ChannelReader<JsonRpcMessage> inner, RequestsInFlight inFlight) : ChannelReader<JsonRpcMessage>
    {
        public override Task Completion => inner.Completion;

        public override bool TryRead([MaybeNullWhen(false)] out JsonRpcMessage item)
        {
            if (inner.TryPeek(out var next))
                inFlight.Read(next);
            return inner.TryRead(out item);
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => inner.WaitToReadAsync(cancellationToken);
    }
}
