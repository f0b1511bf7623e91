namespace McpScript.Http.Streams;

/// <summary>
/// The response of a request whose stream can be resumed. Such a stream begins with an empty event that tells its id; this holds that event back
/// for a moment, so that a quick answer goes out together with it: one packet instead of two, which is a fifth of what a small call costs.
/// </summary>
sealed class CoalescedSseResponse(SseResponse response, TimeProvider time, CancellationToken ended) : WriteOnlyStream, IAsyncDisposable
{
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    readonly Lock _lock = new();
    ITimer? _timer;
    byte[]? _held;
    Task _release = Task.CompletedTask;

    /// <summary>Whether the client has been sent an id that it can resume from.</summary>
    public bool HasSent { get; private set; }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_timer is not null)
            return SendAsync(Take(), buffer, cancellationToken);
        _held = buffer.ToArray();
        _timer = time.CreateTimer(static state => ((CoalescedSseResponse)state!).Release(), this, Moment, Timeout.InfiniteTimeSpan);
        return default;
    }

    /// <summary>Does nothing: what is not held back has been flushed as it was written.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>When this returns, the response is not touched again.</summary>
    public override async ValueTask DisposeAsync()
    {
        Take();
        if (_timer is not null)
            await _timer.DisposeAsync();
        await _release;
        await base.DisposeAsync();
    }

    // The answer takes its time: let the client have what there is.
    void Release()
    {
        lock (_lock)
            if (Take() is { } held)
                _release = ReleaseAsync(held);
    }

    async Task ReleaseAsync(byte[] held)
    {
        try
        {
            await FlushAsync(held, default, ended);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone; whoever waits for the answer notices by itself.
        }
    }

    async ValueTask SendAsync(byte[]? held, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        // If the moment is just over, the held event is on its way, and goes first.
        if (held is null)
            await Releasing();
        await FlushAsync(held, buffer, cancellationToken);
    }

    async ValueTask FlushAsync(byte[]? held, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        await response.WriteAsync(held, buffer, cancellationToken);
        HasSent = true;
    }

    byte[]? Take()
    {
        lock (_lock)
        {
            var held = _held;
            _held = null;
            return held;
        }
    }

    Task Releasing()
    {
        lock (_lock)
            return _release;
    }
}
