namespace McpScript.Model;

/// <summary>The running calls of one generation. Once closed, it issues no leases, and completes when the last one is returned. Thread-safe.</summary>
sealed class Leases(TimeProvider time)
{
    readonly Lock _lock = new();
    readonly LinkedList<Lease> _running = new();
    readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool _closed;

    /// <summary>Completes when it is closed and the last lease is returned.</summary>
    public Task Drained => _drained.Task;

    /// <summary>True once the generation is out of service.</summary>
    public bool IsClosed => _closed;

    /// <summary>Takes a lease; null once closed.</summary>
    public Lease? TryTake()
    {
        lock (_lock)
        {
            if (_closed)
                return null;
            var lease = new Lease(this, time.GetTimestamp());
            lease.Node = _running.AddLast(lease);
            return lease;
        }
    }

    /// <summary>Stops issuing leases.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            if (_running.Count == 0)
                _drained.TrySetResult();
        }
    }

    /// <summary>The number of running calls, and the time since the start of the oldest.</summary>
    public (int Count, TimeSpan Oldest) Running()
    {
        lock (_lock)
            return (_running.Count, _running.First is { } first ? time.GetElapsedTime(first.Value.Started) : TimeSpan.Zero);
    }

    void Return(Lease lease)
    {
        lock (_lock)
        {
            if (lease.Node is not { } node)
                return;
            lease.Node = null;
            _running.Remove(node);
            if (_closed && _running.Count == 0)
                _drained.TrySetResult();
        }
    }

    /// <summary>Keeps a generation alive until it is disposed.</summary>
    public sealed class Lease(Leases owner, long started) : IDisposable
    {
        internal long Started { get; } = started;

        internal LinkedListNode<Lease>? Node { get; set; }

        /// <summary>Returns the lease; further calls do nothing.</summary>
        public void Dispose() => owner.Return(this);
    }
}
