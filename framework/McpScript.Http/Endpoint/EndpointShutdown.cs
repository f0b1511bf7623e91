using McpScript.Http.Requests;

namespace McpScript.Http.Endpoint;

/// <summary>Shuts an endpoint down in two steps: streams that do not end by themselves end at once, calls after a timeout.</summary>
sealed class EndpointShutdown
{
    /// <summary>The error for requests that the shutdown refuses or cancels.</summary>
    public static readonly Rejection Rejection =
        new(503, Requests.Rejection.Transport, "The server is shutting down. Send the request again later.") { RetryAfter = "5" };

    readonly CancellationTokenSource _stopping = new();
    readonly CancellationTokenSource _aborting = new();
    readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the endpoint itself, released when the shutdown begins.
    int _calls = 1;

    /// <summary>Fires when the shutdown begins: no new long streams are accepted, and open ones end.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>True once the shutdown has begun.</summary>
    public bool HasBegun => _stopping.IsCancellationRequested;

    /// <summary>Fires when the timeout for running calls has passed.</summary>
    public CancellationToken Aborting => _aborting.Token;

    /// <summary>Counts a call that begins, until the result is disposed.</summary>
    public CountedCall Enter()
    {
        Interlocked.Increment(ref _calls);
        return new(this);
    }

    /// <summary>Begins the shutdown. Returns false if it has begun before.</summary>
    public bool Begin()
    {
        lock (_stopping)
        {
            if (_stopping.IsCancellationRequested)
                return false;
            _ = _stopping.CancelAsync();
        }
        Leave();
        return true;
    }

    /// <summary>Waits for the running calls, then cancels those that are left. Returns true if none were left.</summary>
    public async Task<bool> DrainAsync(TimeSpan timeout, TimeProvider time)
    {
        try
        {
            await _idle.Task.WaitAsync(timeout, time);
            return true;
        }
        catch (TimeoutException)
        {
            // Expected: calls may run longer than the timeout. Their clients get an error.
            await _aborting.CancelAsync();
            return false;
        }
    }

    void Leave()
    {
        if (Interlocked.Decrement(ref _calls) == 0)
            _idle.TrySetResult();
    }

    /// <summary>A call that the shutdown waits for; the default value is none.</summary>
    public readonly struct CountedCall(EndpointShutdown? shutdown) : IDisposable
    {
        /// <summary>Counts the call as answered.</summary>
        public void Dispose() => shutdown?.Leave();
    }
}
