using McpScript.Http.Streams;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Sessions;

/// <summary>A request of a session that has no answer yet, whether or not its client is still connected.</summary>
sealed class RunningCall(RequestId id, CancellationToken aborted, CancellationToken cut)
{
    readonly Lock _lock = new();
    CancellationTokenSource? _stream = CancellationTokenSource.CreateLinkedTokenSource(aborted, cut);

    public RequestId Id => id;

    /// <summary>Fires when nothing more is to be written to the request's own response.</summary>
    public CancellationToken StreamEnded { get { lock (_lock) return _stream?.Token ?? new CancellationToken(true); } }

    /// <summary>Whether the client has cancelled the call, and so waits for nothing.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Where the answer will be found, once the request's own response is over.</summary>
    public EventStream? Kept { get; set; }

    /// <summary>Since when nobody has read that, by the clock of the sessions.</summary>
    public long UnattendedSince { get; set; }

    /// <summary>Ends the request's response because the client has cancelled the call.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            IsCancelled = true;
            // Elsewhere, or the rest of that request would run here, in the request that cancels it.
            _ = _stream?.CancelAsync();
        }
    }

    /// <summary>The request's own response is over.</summary>
    public void LeaveResponse()
    {
        lock (_lock)
        {
            _stream?.Dispose();
            _stream = null;
        }
    }
}
