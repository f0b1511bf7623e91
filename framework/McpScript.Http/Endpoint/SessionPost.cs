using System.Threading.Channels;
using McpScript.Http.Requests;
using McpScript.Http.Sessions;
using McpScript.Http.Streams;
using McpScript.Invocation;
using McpScript.Protocol.Requests;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Endpoint;

/// <summary>Serves a message of a protocol with sessions: opens or finds the session, and passes the message to its server.</summary>
sealed class SessionPost(SessionStore sessions, EndpointShutdown shutdown, KeepAlive keepAlive)
{
    static readonly Rejection Full =
        new(503, Rejection.Transport, "There are too many busy sessions, or the server is shutting down. Try again later.") { RetryAfter = "5" };
    static readonly Rejection Over = new(404, Rejection.UnknownSession, "Session not found: it ended while this request was under way. Initialize a new one.");

    /// <summary>Serves one message.</summary>
    public async Task HandleAsync(McpHttpRequest exchange, JsonRpcMessage message)
    {
        var (session, rejection) = exchange.SessionId.Length == 0 ? Open(exchange, message) : SessionLookup.Enter(exchange, sessions);
        if (session is null)
        {
            await exchange.RejectAsync(rejection!);
            return;
        }
        try
        {
            await (message is JsonRpcRequest request ? CallAsync(exchange, session, request) : DeliverAsync(exchange, session, message));
        }
        finally
        {
            session.Leave();
        }
    }

    (Session?, Rejection?) Open(McpHttpRequest exchange, JsonRpcMessage message)
    {
        if (message is not JsonRpcRequest { Method: RequestMethods.Initialize } request)
            return (null, Rejection.BadRequest($"The {McpHeaders.SessionId} header is missing. Only an initialize request may come without it."));
        if (RefuseInitialize(request, out var version) is { } rejection)
            return (null, rejection);
        if (sessions.Open(CallerIdentity.From(exchange.Context.User), version) is not { } session)
            return (null, Full);
        exchange.Context.Response.Headers[McpHeaders.SessionId] = session.Id;
        return (session, null);
    }

    // The server would refuse the same requests, but only after a session has been created.
    static Rejection? RefuseInitialize(JsonRpcRequest request, out string version)
    {
        version = "";
        if (ParamsCheck.Problem(request.Method, request.Params) is { } problem)
            return Rejection.InvalidParams(problem);
        // The request gets the offered version too, because the transport reads it from there.
        var parameters = MessageFields.ParamsOf(request)!;
        var requested = MessageFields.Text(parameters, "protocolVersion")!;
        version = HandshakeRevisions.Offer(requested);
        if (version != requested)
            parameters["protocolVersion"] = version;
        return HttpProtocolVersions.Stateless.Contains(version) ? HttpProtocolVersions.NotSpoken(version, HttpProtocolVersions.WithSessions) : null;
    }

    static async Task DeliverAsync(McpHttpRequest exchange, Session session, JsonRpcMessage message)
    {
        try
        {
            await session.DeliverAsync(message, exchange.Aborted);
            EventStreamResponse.Accept(exchange.Context);
        }
        catch (Exception e) when (IsEnd(e))
        {
            // The client has disconnected, or the session has ended; only in the second case is there a client to answer.
            if (!exchange.Aborted.IsCancellationRequested)
                await exchange.RejectAsync(Over);
        }
    }

    async Task CallAsync(McpHttpRequest exchange, Session session, JsonRpcRequest request)
    {
        if (request.Method == RequestMethods.Initialize && exchange.SessionId.Length > 0)
        {
            await exchange.RejectAsync(new(400, (int)McpErrorCode.InvalidRequest,
                $"This session is initialized. Send initialize without the {McpHeaders.SessionId} header to open another."));
            return;
        }
        var call = new RunningCall(request.Id, exchange.Aborted, shutdown.Aborting);
        if (!session.Calls.TryAdd(call))
        {
            call.LeaveResponse();
            await exchange.RejectAsync(new(400, (int)McpErrorCode.InvalidRequest,
                $"The request id '{request.Id}' is in use by another request of this session."));
            return;
        }
        using var counted = shutdown.Enter();
        await using var response = SseResponse.Begin(exchange.Context, keepAlive);
        await using var primed = session.IsResumable ? new CoalescedSseResponse(response, keepAlive.Time, exchange.Aborted) : null;
        await AnswerAsync(exchange, session, call, request, response, primed);
    }

    async Task AnswerAsync(
        McpHttpRequest exchange, Session session, RunningCall call, JsonRpcRequest request, SseResponse response, CoalescedSseResponse? primed)
    {
        try
        {
            await session.HandleAsync(request, primed is null ? response : primed, call.StreamEnded);
            session.Finish(call);
        }
        catch (Exception e) when (IsEnd(e))
        {
            // First, so that nothing else is written any more.
            if (primed is not null)
                await primed.DisposeAsync();
            await response.DisposeAsync();
            if ((e is IOException || exchange.Aborted.IsCancellationRequested) && !call.IsCancelled)
            {
                await session.AbandonAsync(call, canComeBack: primed is { HasSent: true });
                return;
            }
            session.Finish(call);
            // A client that cancelled the call expects no answer; a client whose session ended does.
            if (!call.IsCancelled)
                await EventStreamResponse.EndAsync(exchange, shutdown.Aborting.IsCancellationRequested ? EndpointShutdown.Rejection : Over);
        }
    }

    // Exceptions of the transport when the connection, the session or the server has ended.
    static bool IsEnd(Exception e) => e is OperationCanceledException or IOException or ObjectDisposedException or ChannelClosedException;
}
