using ModelContextProtocol.Server;

namespace McpScript.Http;

/// <summary>Serves a GET: what no request asked for, or the rest of a stream that broke.</summary>
sealed class SessionGet(Sessions sessions, EventStreams? streams, Shutdown shutdown, KeepAlive keepAlive)
{
    static readonly Rejection Listening = new(409, Rejection.Transport, "Conflict: this session has a GET stream already.");
    static readonly Rejection Expired = Rejection.BadRequest($"The {McpHeaders.LastEventId} is unknown, or too old: the stream cannot be resumed.");

    /// <summary>Serves one GET.</summary>
    public async Task HandleAsync(Exchange exchange)
    {
        if (MediaTypes.RefuseGet(exchange.Context.Request) is { } unacceptable)
        {
            await exchange.RejectAsync(unacceptable);
            return;
        }
        var (session, rejection) = SessionLookup.Enter(exchange, sessions);
        if (session is null)
        {
            await exchange.RejectAsync(rejection!);
            return;
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted, shutdown.Stopping, session.Closing);
        try
        {
            var lastEvent = exchange.Headers[McpHeaders.LastEventId].ToString();
            await (lastEvent.Length == 0 ? ListenAsync(exchange, session, ended.Token) : ResumeAsync(exchange, session, lastEvent, ended.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // How such a stream ends: the client has gone, the session is over, or we are stopping.
        }
        finally
        {
            session.Leave();
        }
    }

    async Task ListenAsync(Exchange exchange, Session session, CancellationToken ended)
    {
        if (!session.TryListen())
        {
            await exchange.RejectAsync(Listening);
            return;
        }
        try
        {
            await using var response = EventStreamResponse.Begin(exchange.Context, keepAlive);
            await session.SendUnsolicitedAsync(response, ended);
        }
        finally
        {
            session.StopListening();
        }
    }

    async Task ResumeAsync(Exchange exchange, Session session, string lastEvent, CancellationToken ended)
    {
        if (streams is null || await streams.GetStreamReaderAsync(lastEvent, ended) is not { } reader || reader.SessionId != session.Id)
        {
            await exchange.RejectAsync(Expired);
            return;
        }
        // Messages that nobody asked for go to one stream only, resumed or not.
        var listens = reader.StreamId == StreamableHttpServerTransport.UnsolicitedMessageStreamId;
        if (listens && !session.TryListen())
        {
            await exchange.RejectAsync(Listening);
            return;
        }
        try
        {
            await using var response = EventStreamResponse.Begin(exchange.Context, keepAlive);
            await response.FlushAsync(ended);
            await EventStreamResponse.WriteAsync(response, reader.ReadEventsAsync(ended), ended);
        }
        finally
        {
            if (listens)
                session.StopListening();
        }
    }
}
