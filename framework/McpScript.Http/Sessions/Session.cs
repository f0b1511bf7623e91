using System.Text.Json.Nodes;
using System.Threading.Channels;
using McpScript.Http.Requests;
using McpScript.Http.Streams;
using McpScript.Invocation;
using McpScript.Protocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Http.Sessions;

/// <summary>One client's session: its server, its transport, its unanswered calls, and the number of HTTP requests that use it.</summary>
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

    public Session(
        CallerIdentity? owner, string version, IServerFactory servers, StreamableHttpServerTransport transport, EventStreams? streams, TimeProvider time)
    {
        IsResumable = streams is not null && HttpProtocolVersions.CanResume(version);
        (Id, Owner, _transport, _streams, _time) = (transport.SessionId!, owner, transport, streams, time);
        LastUsed = time.GetTimestamp();
        Closing = _ending.Token;
        _servers = servers;
        _server = servers.Create(transport);
        // The session outlives the request that opened it, so it must not capture that request's execution context.
        using (ExecutionContext.SuppressFlow())
            _run = Task.Run(() => servers.RunAsync(_server, _ending.Token));
    }

    public string Id { get; }
    /// <summary>The caller that opened the session; only this caller may use it. Null for an anonymous caller.</summary>
    public CallerIdentity? Owner { get; }

    /// <summary>True if the streams of this session have event ids, so that its client can resume them.</summary>
    public bool IsResumable { get; }

    /// <summary>The unanswered calls.</summary>
    public RunningCalls Calls { get; } = new();

    /// <summary>Timestamp of the last start or end of a request.</summary>
    public long LastUsed { get; private set; }

    /// <summary>Fires when the session ends.</summary>
    public CancellationToken Closing { get; }

    /// <summary>Completes when the server has stopped.</summary>
    public Task Stopped => _run;

    /// <summary>True if no request uses the session and no call is unanswered.</summary>
    public bool IsIdle => Volatile.Read(ref _users) == 0 && Calls.IsEmpty;

    /// <summary>Keeps the session from being ended as idle until <see cref="Leave"/>. Returns false if it has ended.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _users) <= 0)
            return false;
        LastUsed = _time.GetTimestamp();
        return true;
    }

    /// <summary>Reverses <see cref="TryEnter"/>.</summary>
    public void Leave()
    {
        LastUsed = _time.GetTimestamp();
        Interlocked.Decrement(ref _users);
    }

    /// <summary>Ends the session if it is idle; later requests cannot enter it. If it returns true, the caller must call <see cref="CloseAsync"/>.</summary>
    public bool TryRetire() => Calls.IsEmpty && Interlocked.CompareExchange(ref _users, Ended, 0) == 0;

    /// <summary>Ends the session, idle or not. If it returns true, the caller must call <see cref="CloseAsync"/>.</summary>
    public bool Retire() => Interlocked.Exchange(ref _users, Ended) >= 0;

    /// <summary>Ends every stream, cancels every call, and disposes the server.</summary>
    public async Task CloseAsync()
    {
        // The transport first, so that the server sees the end of its messages rather than a cancellation.
        await _transport.DisposeAsync();
        await _ending.CancelAsync();
        try
        {
            await _run;
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            // The normal end of a server whose transport has closed.
        }
        finally
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>Passes a notification or a response to the server.</summary>
    public async Task DeliverAsync(JsonRpcMessage message, CancellationToken cancellationToken)
    {
        await _transport.HandlePostRequestAsync(message, Stream.Null, cancellationToken);
        // The client expects no answer to a call that it cancels, so the call's response can end now.
        if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject parameters }
            && Calls.Remove(MessageFields.Id(parameters, "requestId")) is { } call)
        {
            call.Cancel();
            Forget(call);
        }
    }

    /// <summary>Passes a request to the server, and writes its messages up to the answer to the response.</summary>
    public Task<bool> HandleAsync(JsonRpcRequest request, Stream response, CancellationToken cancellationToken) =>
        _transport.HandlePostRequestAsync(request, response, OnResponseStarting, cancellationToken);

    /// <summary>Ends a request's response. The call may still be unanswered, if its tool closed the stream and the client is to resume it.</summary>
    public void Finish(RunningCall call)
    {
        call.LeaveResponse();
        if (_streams?.FindOpen(Id, call.Id.ToString()) is { Mode: SseEventStreamMode.Polling } kept)
            call.Kept = kept;
        else
            Calls.Remove(call.Id);
    }

    /// <summary>Handles a broken connection: cancels the call at once, or after a grace period if its client can resume the stream.</summary>
    public async Task AbandonAsync(RunningCall call, bool canComeBack)
    {
        call.LeaveResponse();
        call.UnattendedSince = _time.GetTimestamp();
        call.Kept = canComeBack ? _streams?.FindOpen(Id, call.Id.ToString()) : null;
        if (call.Kept is null && Calls.Remove(call.Id) is not null)
            await CancelAsync(call);
    }

    /// <summary>Removes calls that have been answered, and cancels those that no client has resumed within the grace period.</summary>
    public async Task SweepAsync(TimeSpan grace)
    {
        var now = _time.GetTimestamp();
        var done = Calls.RemoveWhere(call => call.Kept is { } kept && (kept.IsCompleted || IsForsaken(call, kept, now, grace)));
        foreach (var call in done)
            if (!call.Kept!.IsCompleted)
                await CancelAsync(call);
    }

    /// <summary>Makes the caller the session's listener; the previous listener gets no more messages, and its stream ends.</summary>
    public CancellationTokenSource Listen() => _listener.Take();

    /// <summary>Stops listening, unless another listener has taken over.</summary>
    public void StopListening(CancellationTokenSource turn)
    {
        if (_listener.TryLeave(turn))
            _servers.StoppedListening(_server);
    }

    /// <summary>Returns true if a stream is this session's stream of unsolicited messages, even if its events are no longer kept.</summary>
    public bool IsUnsolicited(SseEventId id) => Volatile.Read(ref _unsolicitedNumber) == id.Stream;

    /// <summary>Notifies the server that a client resumes its stream of unsolicited messages.</summary>
    public void Resumed() => _servers.Listening(_server, resumed: true);

    /// <summary>Sends unsolicited messages to a client, until the token fires.</summary>
    public async Task SendUnsolicitedAsync(SseResponse response, CancellationToken cancellationToken)
    {
        await _unsolicited.ConnectAsync(response, UnsolicitedEvents?.Last, cancellationToken);
        try
        {
            _unsolicitedPump ??= _transport.HandleGetRequestAsync(_unsolicited, Closing);
            // The headers show the client that the stream is open, long before there is a message.
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

    // A tool that closed its own stream has sent a retry time, so the client may take longer; a broken stream has the grace period.
    bool IsForsaken(RunningCall call, EventStream kept, long now, TimeSpan grace)
    {
        if (kept.HasReaders || kept.Mode == SseEventStreamMode.Polling)
            call.UnattendedSince = now;
        return kept.IsDropped || _time.GetElapsedTime(call.UnattendedSince, now) >= grace;
    }

    // A session's handlers learn of cancellations by message only, so the call is cancelled with one.
    async Task CancelAsync(RunningCall call)
    {
        try
        {
            var parameters = new JsonObject
            {
                ["requestId"] = call.Id.Id is long number ? number : call.Id.ToString(),
                ["reason"] = "The client's connection broke.",
            };
            await _transport.HandlePostRequestAsync(
                new JsonRpcNotification { Method = NotificationMethods.CancelledNotification, Params = parameters }, Stream.Null, Closing);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or ChannelClosedException)
        {
            // The session has ended, and all its calls with it.
        }
        Forget(call);
    }

    void Forget(RunningCall call)
    {
        if ((call.Kept ?? _streams?.FindOpen(Id, call.Id.ToString())) is { } kept)
            _streams!.Complete(kept);
    }

    // With a callback the transport sends headers and answer in one write.
    static readonly Func<JsonRpcMessage?, ValueTask> OnResponseStarting = static _ => default;
}
