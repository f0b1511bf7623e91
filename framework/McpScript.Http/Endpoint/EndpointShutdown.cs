using McpScript.Http.Requests;

namespace McpScript.Http.Endpoint;

/// <summary>Ends an endpoint's work in two steps: streams that would never end by themselves at once, calls after a while.</summary>
sealed class EndpointShutdown
{
    /// <summary>What clients hear whose calls are cut.</summary>
    public static readonly Rejection Rejection = new(503, Requests.Rejection.Transport, "The server is shutting down. Send the request again later.") { RetryAfter = "5" };

    readonly CancellationTokenSource _stopping = new();
    readonly CancellationTokenSource _cut = new();
    readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the endpoint itself, taken away when it begins to stop.
    int _calls = 1;

    /// <summary>Fires when no new long streams are wanted and the old ones should end.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Whether no new work is wanted.</summary>
    public bool HasBegun => _stopping.IsCancellationRequested;

    /// <summary>Fires when calls have had their time.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>A call begins.</summary>
    public void Enter() => Interlocked.Increment(ref _calls);

    /// <summary>A call has been answered.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _calls) == 0)
            _idle.TrySetResult();
    }

    /// <summary>Begins to stop. False if that was done before.</summary>
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

    /// <summary>Waits for the running calls, then cuts those that are left. True if none were.</summary>
    public async Task<bool> DrainAsync(TimeSpan timeout, TimeProvider time)
    {
        try
        {
            await _idle.Task.WaitAsync(timeout, time);
            return true;
        }
        catch (TimeoutException)
        {
            // They have had their time; their clients are told.
            await _cut.CancelAsync();
            return false;
        }
    }
}
