using McpScript.Http.Requests;
using McpScript.Http.Sessions;
using McpScript.Http.Streams;
using McpScript.Telemetry;
using ModelContextProtocol.Server;

namespace McpScript.Http.Endpoint;

/// <summary>Serves a GET: unsolicited messages, or the rest of a stream whose connection broke.</summary>
sealed class SessionGet(SessionStore sessions, EventStreams? streams, EndpointShutdown shutdown, KeepAlive keepAlive)
{
    static readonly Rejection Expired = Rejection.BadRequest($"The {McpHeaders.LastEventId} is unknown, or too old: the stream cannot be resumed.");

    // With an empty stream the official clients would send one GET after another. The protocol defines this status for "no stream".
    static readonly Rejection AtEnd =
        new(405, Rejection.Transport, $"That stream has ended, and there is nothing after this {McpHeaders.LastEventId}.") { Allow = "POST, DELETE" };

    /// <summary>Serves one GET.</summary>
    public async Task HandleAsync(McpHttpRequest exchange)
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
            // The normal end of such a stream: the client disconnected, the session ended, or the server stops.
        }
        finally
        {
            session.Leave();
        }
    }

    async Task ListenAsync(McpHttpRequest exchange, Session session, CancellationToken ended)
    {
        var turn = session.Listen();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ended, turn.Token);
        try
        {
            await using var response = SseResponse.Begin(exchange.Context, keepAlive);
            using var open = Instruments.StreamOpened(OpenStreamKind.Get);
            await session.SendUnsolicitedAsync(response, over.Token);
        }
        finally
        {
            session.StopListening(turn);
        }
    }

    async Task ResumeAsync(McpHttpRequest exchange, Session session, string lastEvent, CancellationToken ended)
    {
        if (!SseEventId.TryParse(lastEvent, out var last))
        {
            await exchange.RejectAsync(Expired);
            return;
        }
        var reader = streams is null ? null : (EventStreamReader?)await streams.GetStreamReaderAsync(lastEvent, ended);
        var listens = session.IsUnsolicited(last) || reader?.StreamId == StreamableHttpServerTransport.UnsolicitedMessageStreamId;
        if (reader is null && listens)
            // Its events were dropped to make room; later messages are better for the client than an error.
            await ListenAsync(exchange, session, ended);
        else if (reader is null || reader.SessionId != session.Id)
            await exchange.RejectAsync(Expired);
        else if (reader.IsAtEnd)
            await exchange.RejectAsync(AtEnd);
        else if (listens)
            await ListenAgainAsync(exchange, session, reader, last, ended);
        else
            await ReadOnAsync(exchange, reader, last, ended);
    }

    // Unsolicited messages are sent to one stream only, resumed or not.
    async Task ListenAgainAsync(McpHttpRequest exchange, Session session, EventStreamReader reader, SseEventId last, CancellationToken ended)
    {
        var turn = session.Listen();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ended, turn.Token);
        try
        {
            session.Resumed();
            await ReadOnAsync(exchange, reader, last, over.Token);
        }
        finally
        {
            session.StopListening(turn);
        }
    }

    async Task ReadOnAsync(McpHttpRequest exchange, EventStreamReader reader, SseEventId last, CancellationToken ended)
    {
        await using var response = SseResponse.Begin(exchange.Context, keepAlive);
        using var open = Instruments.StreamOpened(OpenStreamKind.Get);
        // Clients forget the id that they resumed from: without this event they could not resume again before the next event.
        await EventStreamResponse.PrimeAsync(response, last, ended);
        await EventStreamResponse.WriteAsync(response, reader.ReadEventsAsync(ended), ended);
    }
}
