using System.Text.Json.Nodes;
using System.Threading.Channels;
using McpScript.Http.Requests;
using McpScript.Http.Streams;
using McpScript.Invocation;
using McpScript.Protocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Http.Sessions;

/// <summary>One client's session: its server, its transport, its unanswered calls, and how many HTTP requests are using it.</summary>
sealed class Session
{
    const int Ended = int.MinValue / 2;

    readonly StreamableHttpServerTransport _transport;
    readonly IServerFactory _servers;
    readonly McpServer _server;
    readonly CancellationTokenSource _ending = new();
    readonly UnsolicitedStream _unsolicited = new();
    readonly EventStreams? _streams;
    readonly TimeProvider _time;
    readonly Task _run;
    readonly ListenerPlace _listener = new();
    Task? _unsolicitedPump;
    long _unsolicitedNumber;
    int _users;

    public Session(string id, CallerIdentity? owner, string version, IServerFactory servers, StreamableHttpServerTransport transport, EventStreams? streams, TimeProvider time)
    {
        IsResumable = streams is not null && HttpProtocolVersions.CanResume(version);
        (Id, Owner, _transport, _streams, _time) = (id, owner, transport, streams, time);
        LastUsed = time.GetTimestamp();
        Closing = _ending.Token;
        _servers = servers;
        _server = servers.Create(transport);
        // The session outlives the request that opened it, so it must not carry that request's context along.
        using (ExecutionContext.SuppressFlow())
            _run = Task.Run(() => servers.RunAsync(_server, _ending.Token));
    }

    public string Id { get; }
    /// <summary>The name of the caller who opened it, and who alone may use it; null for an anonymous one.</summary>
    public CallerIdentity? Owner { get; }

    /// <summary>Whether the streams of this session have ids, by which its client can resume them.</summary>
    public bool IsResumable { get; }

    /// <summary>The unanswered calls.</summary>
    public RunningCalls Calls { get; } = new();

    /// <summary>When a request last began or ended, by the clock of the sessions.</summary>
    public long LastUsed { get; private set; }

    /// <summary>Fires when the session ends.</summary>
    public CancellationToken Closing { get; }

    /// <summary>Completes when the server has stopped by itself.</summary>
    public Task Stopped => _run;

    /// <summary>Whether no request uses the session and no call is unanswered.</summary>
    public bool IsIdle => Volatile.Read(ref _users) == 0 && Calls.IsEmpty;

    /// <summary>Keeps the session from being ended for idleness until <see cref="Leave"/>. False if it has ended.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _users) <= 0)
            return false;
        LastUsed = _time.GetTimestamp();
        return true;
    }

    /// <summary>Undoes <see cref="TryEnter"/>.</summary>
    public void Leave()
    {
        LastUsed = _time.GetTimestamp();
        Interlocked.Decrement(ref _users);
    }

    /// <summary>Ends the session if it is idle: from then on nobody can enter. True for the one who has to call <see cref="CloseAsync"/>.</summary>
    public bool TryRetire() => Calls.IsEmpty && Interlocked.CompareExchange(ref _users, Ended, 0) == 0;

    /// <summary>Ends the session, busy or not. True for the one who has to call <see cref="CloseAsync"/>.</summary>
    public bool Retire() => Interlocked.Exchange(ref _users, Ended) >= 0;

    /// <summary>Ends every stream, cancels every call, and disposes the server.</summary>
    public async Task CloseAsync()
    {
        // First the transport, so that the server sees the end of its messages rather than a cancellation.
        await _transport.DisposeAsync();
        await _ending.CancelAsync();
        try
        {
            await _run;
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            // How a server ends whose transport has closed.
        }
        finally
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>Hands over a message that has no answer.</summary>
    public async Task DeliverAsync(JsonRpcMessage message, CancellationToken cancellationToken)
    {
        await _transport.HandlePostRequestAsync(message, Stream.Null, cancellationToken);
        // The client wants no answer to a call that it cancels, so its response need not wait for one.
        if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject parameters }
            && Calls.Remove(MessageFields.Id(parameters, "requestId")) is { } call)
        {
            call.Cancel();
            Forget(call);
        }
    }

    /// <summary>Hands over a request and writes what it brings forth, to its answer.</summary>
    public Task<bool> HandleAsync(JsonRpcRequest request, Stream response, CancellationToken cancellationToken) =>
        _transport.HandlePostRequestAsync(request, response, OnResponseStarting, cancellationToken);

    /// <summary>The request's response is over. The call may be unanswered still, if its tool told the client to come back for the answer.</summary>
    public void Finish(RunningCall call)
    {
        call.LeaveResponse();
        if (_streams?.FindOpen(Id, call.Id.ToString()) is { Mode: SseEventStreamMode.Polling } kept)
            call.Kept = kept;
        else
            Calls.Remove(call.Id);
    }

    /// <summary>The request's connection broke: its call is cancelled, at once, or after a grace if its client can come back for the answer.</summary>
    public async Task AbandonAsync(RunningCall call, bool canComeBack)
    {
        call.LeaveResponse();
        call.UnattendedSince = _time.GetTimestamp();
        call.Kept = canComeBack ? _streams?.FindOpen(Id, call.Id.ToString()) : null;
        if (call.Kept is null && Calls.Remove(call.Id) is not null)
            await CancelAsync(call);
    }

    /// <summary>Lets go of calls that have been answered, and cancels those that nobody has come back for.</summary>
    public async Task SweepAsync(TimeSpan grace)
    {
        var now = _time.GetTimestamp();
        var done = Calls.RemoveWhere(call => call.Kept is { } kept && (kept.IsCompleted || IsForsaken(call, kept, now, grace)));
        foreach (var call in done)
            if (!call.Kept!.IsCompleted)
                await CancelAsync(call);
    }

    /// <summary>Takes the session's place for listening; the client that listened before is sent nothing more, and its stream ends.</summary>
    public CancellationTokenSource Listen() => _listener.Take();

    /// <summary>Gives that place up, if it is still the caller's.</summary>
    public void StopListening(CancellationTokenSource turn)
    {
        if (_listener.TryLeave(turn))
            _servers.StoppedListening(_server);
    }

    /// <summary>Whether a stream is the one of this session that no request belongs to, kept or not.</summary>
    public bool IsUnsolicited(SseEventId id) => Volatile.Read(ref _unsolicitedNumber) == id.Stream;

    /// <summary>A client reads on where its stream of unsolicited messages broke.</summary>
    public void Resumed() => _servers.Listening(_server, resumed: true);

    /// <summary>Sends a client what no request asked for, until the token fires.</summary>
    public async Task SendUnsolicitedAsync(SseResponse response, CancellationToken cancellationToken)
    {
        await _unsolicited.ConnectAsync(response, UnsolicitedEvents?.Last, cancellationToken);
        try
        {
            _unsolicitedPump ??= _transport.HandleGetRequestAsync(_unsolicited, Closing);
            // The headers tell the client that we are listening, long before there is anything to say.
            await _unsolicited.FlushAsync(cancellationToken);
            Volatile.Write(ref _unsolicitedNumber, UnsolicitedEvents?.Number ?? _unsolicitedNumber);
            _servers.Listening(_server, resumed: false);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        finally
        {
            await _unsolicited.DisconnectAsync(response);
        }
    }

    EventStream? UnsolicitedEvents => IsResumable ? _streams!.FindOpen(Id, StreamableHttpServerTransport.UnsolicitedMessageStreamId) : null;

    // A tool that closed its own stream told its client to come back in its own time; a broken stream has the grace.
    bool IsForsaken(RunningCall call, EventStream kept, long now, TimeSpan grace)
    {
        if (kept.HasReaders || kept.Mode == SseEventStreamMode.Polling)
            call.UnattendedSince = now;
        return kept.IsDropped || _time.GetElapsedTime(call.UnattendedSince, now) >= grace;
    }

    // Nobody can tell the tool but the protocol itself: a session's handlers hear of cancellations only by message.
    async Task CancelAsync(RunningCall call)
    {
        try
        {
            var parameters = new JsonObject { ["requestId"] = call.Id.Id is long number ? number : call.Id.ToString(), ["reason"] = "The client's connection broke." };
            await _transport.HandlePostRequestAsync(
                new JsonRpcNotification { Method = NotificationMethods.CancelledNotification, Params = parameters }, Stream.Null, Closing);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or ChannelClosedException)
        {
            // The session has ended meanwhile, and all its calls with it.
        }
        Forget(call);
    }

    void Forget(RunningCall call)
    {
        if ((call.Kept ?? _streams?.FindOpen(Id, call.Id.ToString())) is { } kept)
            _streams!.Complete(kept);
    }

    // That there is a callback lets the transport send headers and answer in one go.
    static readonly Func<JsonRpcMessage?, ValueTask> OnResponseStarting = static _ => default;
}
