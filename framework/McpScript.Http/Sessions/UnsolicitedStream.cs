using McpScript.Http.Streams;

namespace McpScript.Http.Sessions;

/// <summary>
/// The stream to which a session writes unsolicited messages. The SDK's transport accepts only one GET stream per session, but connections break: so it
/// gets this stream, which forwards to the client that is currently connected. Without a client, events are dropped here; the event store, if there is
/// one, keeps them. Safe for concurrent use.
/// </summary>
sealed class UnsolicitedStream : WriteOnlyStream
{
    readonly SemaphoreSlim _oneWriter = new(1, 1);
    Stream? _client;
    CancellationToken _clientGone;

    /// <summary>Forwards all later events to a client, until its token fires.</summary>
    /// <param name="client">The client's response.</param>
    /// <param name="last">The event from which the client can resume if this stream breaks before the next event; null if there are no events yet, or none
    /// are kept.</param>
    /// <param name="clientGone">Fires when the client's response ends.</param>
    public async Task ConnectAsync(SseResponse client, SseEventId? last, CancellationToken clientGone)
    {
        await _oneWriter.WaitAsync(clientGone);
        try
        {
            if (last is { } id)
                await EventStreamResponse.PrimeAsync(client, id, clientGone);
            (_client, _clientGone) = (client, clientGone);
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    /// <summary>Stops forwarding to a client; its response is not used after this returns.</summary>
    public async Task DisconnectAsync(SseResponse client)
    {
        await _oneWriter.WaitAsync();
        // Another client may have taken over.
        if (_client == client)
            _client = null;
        _oneWriter.Release();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        WithClientAsync(static (client, buffer, gone) => client.WriteAsync(buffer, gone), buffer);

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        WithClientAsync(static (client, _, gone) => new ValueTask(client.FlushAsync(gone)), default).AsTask();

    async ValueTask WithClientAsync(Func<Stream, ReadOnlyMemory<byte>, CancellationToken, ValueTask> act, ReadOnlyMemory<byte> buffer)
    {
        await _oneWriter.WaitAsync();
        try
        {
            if (_client is not null)
                await act(_client, buffer, _clientGone);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client disconnected during the write. Its GET is about to end; the session continues for the next client.
            _client = null;
        }
        finally
        {
            _oneWriter.Release();
        }
    }
}
