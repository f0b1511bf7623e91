using McpScript.Http.Streams;

namespace McpScript.Http.Sessions;

/// <summary>
/// Where a session writes what no request asked for. The SDK's transport takes a GET stream once in its life, but connections break: so it is given this
/// stream, and clients come and go behind it. Without a client, what is written is lost here (and kept by the event store, if there is one).
/// </summary>
sealed class UnsolicitedStream : WriteOnlyStream
{
    readonly SemaphoreSlim _oneWriter = new(1, 1);
    Stream? _client;
    CancellationToken _clientGone;

    /// <summary>Sends everything from here on to a client, until its token fires.</summary>
    /// <param name="client">Its response.</param>
    /// <param name="last">The event that it may read on from if this stream breaks before another one comes; null if there are no events yet, or none are
    /// kept.</param>
    /// <param name="clientGone">Fires when the response is over.</param>
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

    /// <summary>Sends nothing more to the client; when this returns, its response is not touched again.</summary>
    public async Task DisconnectAsync(SseResponse client)
    {
        await _oneWriter.WaitAsync();
        // Another client may have taken its place.
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
            // The client has gone in mid-write. Its GET is about to end; the session lives on for the next one.
            _client = null;
        }
        finally
        {
            _oneWriter.Release();
        }
    }
}
