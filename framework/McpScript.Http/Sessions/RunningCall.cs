using McpScript.Http.Streams;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Sessions;

/// <summary>An unanswered request of a session, whether or not its client is still connected.</summary>
sealed class RunningCall(RequestId id, CancellationToken aborted, CancellationToken cut)
{
    readonly Lock _lock = new();
    CancellationTokenSource? _stream = CancellationTokenSource.CreateLinkedTokenSource(aborted, cut);

    public RequestId Id => id;

    /// <summary>Fires when nothing more may be written to the request's own response.</summary>
    public CancellationToken StreamEnded { get { lock (_lock) return _stream?.Token ?? new CancellationToken(true); } }

    /// <summary>True if the client has cancelled the call, and expects no answer.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>The stream that keeps the answer once the request's own response has ended; null for none.</summary>
    public EventStream? Kept { get; set; }

    /// <summary>Timestamp since when no client has read <see cref="Kept"/>.</summary>
    public long UnattendedSince { get; set; }

    /// <summary>Ends the request's response because the client has cancelled the call.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            IsCancelled = true;
            // On another thread: a synchronous cancel would run the rest of that request inside the one that cancels it.
            _ = _stream?.CancelAsync();
        }
    }

    /// <summary>Marks the request's own response as ended.</summary>
    public void LeaveResponse()
    {
        lock (_lock)
        {
            _stream?.Dispose();
            _stream = null;
        }
    }
}
