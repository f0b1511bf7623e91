using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using McpScript.Logging;
using McpScript.Model;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Hosting;

/// <summary>
/// The SDK's stream transport, which at the end of input still answers what was asked before: <c>printf '…' | mcp-proxy</c> gets its answers.
/// </summary>
/// <remarks>The SDK stops sending the moment its input ends; so the end is held back until nothing is in flight, for as long as a drain may take.</remarks>
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
        // Buffered, as the SDK writes a message and its end apart, and then flushes.
        _inner = new StreamServerTransport(new InputWithDrain(new BatchAnswers(input, error => SendMessageAsync(error)), EndInputAsync), new BufferedStream(output), "stdio", new QuietClients(loggers));
        MessageReader = new CountedMessages(_inner.MessageReader, _inFlight);
    }

    /// <inheritdoc/>
    public string? SessionId => null;

    /// <summary>Completes when the input has ended, and everything read has been answered or has had its time.</summary>
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

    /// <summary>Completes when everything read so far has been answered, or when the calls have had their time.</summary>
    public async Task DrainAsync()
    {
        using var end = new CancellationTokenSource(_end.ForCalls);
        while (!end.IsCancellationRequested && !_over)
        {
            // In this order: a message goes from the channel to those in flight, and looked at the other way round it could slip through in between.
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
        // What has not been taken yet is taken by nobody any more.
        _over = true;
        await _inner.DisposeAsync();
    }

    async Task EndInputAsync()
    {
        _end.Begin();
        await DrainAsync();
        _inputEnded.TrySetResult();
    }

    // Counted while still in the channel, so that a message is at every moment either there or in flight. It has one reader, so what is peeked is what is read.
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
