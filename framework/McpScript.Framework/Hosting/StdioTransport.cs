using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Hosting;

/// <summary>The SDK's stream transport, which at the end of input still answers what was asked before: <c>printf '…' | mcp-proxy</c> gets its answers.</summary>
/// <remarks>The SDK stops sending the moment its input ends; so the end is held back until nothing is in flight, for as long as a drain may take.</remarks>
sealed class StdioTransport : ITransport
{
    readonly RequestsInFlight _inFlight = new();
    readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>(new() { SingleReader = true, SingleWriter = true });
    readonly TaskCompletionSource _inputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ShutdownTime _end;
    readonly StreamServerTransport _inner;
    readonly Task _pump;

    public StdioTransport(Stream input, Stream output, ShutdownTime end, ILoggerFactory loggers)
    {
        _end = end;
        _inner = new StreamServerTransport(new InputWithDrain(input, EndInputAsync), output, "stdio", loggers);
        _pump = PumpAsync();
    }

    /// <inheritdoc/>
    public string? SessionId => null;

    /// <summary>Completes when the input has ended, and everything read has been answered or has had its time.</summary>
    public Task InputEnded => _inputEnded.Task;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

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
        while (!end.IsCancellationRequested)
        {
            // In this order: a message goes from the inner channel to those in flight, and looked at the other way round it could slip through in between.
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
        await _inner.DisposeAsync();
        await _pump;
    }

    async Task EndInputAsync()
    {
        _end.Begin();
        await DrainAsync();
        _inputEnded.TrySetResult();
    }

    // Counted while still in the inner channel, so that a message is at every moment either there or in flight.
    async Task PumpAsync()
    {
        Exception? error = null;
        try
        {
            while (await _inner.MessageReader.WaitToReadAsync())
                while (_inner.MessageReader.TryPeek(out var message))
                {
                    _inFlight.Read(message);
                    _inner.MessageReader.TryRead(out _);
                    _messages.Writer.TryWrite(message);
                }
        }
        catch (Exception e)
        {
            // The input broke; the reader of our channel is told what its own would have been told.
            error = e;
        }
        _messages.Writer.TryComplete(error);
    }
}
