using ModelContextProtocol.Server;

namespace McpScript.Http.Streams;

/// <summary>The events of one stream that are kept, and whoever waits for the next.</summary>
sealed class EventStream(long number, string sessionId, string streamId, SseEventStreamMode mode)
{
    readonly Lock _lock = new();
    readonly Queue<StoredEvent> _events = new();
    TaskCompletionSource? _news;
    SseEventStreamMode _mode = mode;
    long _last;
    int _readers;
    bool _completed;
    bool _dropped;

    public long Number => number;
    public string SessionId => sessionId;
    public string StreamId => streamId;

    /// <summary>The last event that was added.</summary>
    public SseEventId Last { get { lock (_lock) return new(number, _last); } }

    /// <summary>Whether readers wait for more, or end with what there is.</summary>
    public SseEventStreamMode Mode
    {
        get { lock (_lock) return _mode; }
        set { lock (_lock) { _mode = value; Announce(); } }
    }

    /// <summary>Whether everything has been written.</summary>
    public bool IsCompleted { get { lock (_lock) return _completed; } }

    /// <summary>Whether a client is reading it again.</summary>
    public bool HasReaders { get { lock (_lock) return _readers > 0; } }

    /// <summary>Whether its events were forgotten to make room.</summary>
    public bool IsDropped { get { lock (_lock) return _dropped; } }

    /// <summary>When it was completed, by the store's clock.</summary>
    public long CompletedAt { get; private set; }

    /// <summary>Adds an event; says which number it got and by how many bytes the stream has grown, or shrunk.</summary>
    public (long Number, int Grown) Add(string? type, TimeSpan? retry, byte[]? data, long now, int maxEvents)
    {
        lock (_lock)
        {
            var added = new StoredEvent(++_last, type, retry, data, now);
            if (_dropped)
                return (added.Number, 0);
            _events.Enqueue(added);
            var grown = added.Size;
            while (_events.Count > maxEvents)
                grown -= _events.Dequeue().Size;
            Announce();
            return (added.Number, grown);
        }
    }

    /// <summary>Nothing more will be written. False if that was said before.</summary>
    public bool Complete(long now)
    {
        lock (_lock)
        {
            if (_completed)
                return false;
            _completed = true;
            CompletedAt = now;
            Announce();
            return true;
        }
    }

    /// <summary>Forgets events sent before the given time; says how many bytes that freed.</summary>
    public int Forget(long before)
    {
        var freed = 0;
        lock (_lock)
            while (_events.TryPeek(out var oldest) && oldest.At < before)
                freed += _events.Dequeue().Size;
        return freed;
    }

    /// <summary>Forgets everything, now and from now on; says how many bytes that freed.</summary>
    public int Drop()
    {
        lock (_lock)
        {
            _dropped = true;
            var freed = _events.Sum(one => one.Size);
            _events.Clear();
            Announce();
            return freed;
        }
    }

    /// <summary>What was sent after the given event, and a task for what comes next; null if nothing will.</summary>
    public (List<StoredEvent> Events, Task? More) After(long number)
    {
        lock (_lock)
        {
            var events = _events.Where(one => one.Number > number).ToList();
            return (events, _completed || _dropped ? null : (_news ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task);
        }
    }

    public void AddReader() { lock (_lock) _readers++; }

    public void RemoveReader() { lock (_lock) _readers--; }

    void Announce()
    {
        _news?.TrySetResult();
        _news = null;
    }
}
