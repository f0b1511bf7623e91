namespace McpScript.Model;

/// <summary>The calls that are running in one generation of a plugin. Once closed, it gives out no more and tells when the last one is back.</summary>
sealed class Leases(TimeProvider time)
{
    readonly Lock _lock = new();
    readonly LinkedList<Lease> _running = new();
    readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool _closed;

    /// <summary>Completes when closed and the last lease is back.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Whether the generation has left the service.</summary>
    public bool IsClosed => _closed;

    /// <summary>A lease, or null once closed.</summary>
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

    /// <summary>No more leases from here on.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            if (_running.Count == 0)
                _drained.TrySetResult();
        }
    }

    /// <summary>How many calls are running, and how long the oldest has been.</summary>
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

        /// <summary>Gives it back; a second time does nothing.</summary>
        public void Dispose() => owner.Return(this);
    }
}
