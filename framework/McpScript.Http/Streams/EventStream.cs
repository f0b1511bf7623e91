using ModelContextProtocol.Server;

namespace McpScript.Http.Streams;

/// <summary>The kept events of one stream, with notification of readers. Safe for concurrent use.</summary>
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

    /// <summary>The id of the last event.</summary>
    public SseEventId Last { get { lock (_lock) return new(number, _last); } }

    /// <summary>Streaming: readers wait for more events. Polling: they end after the kept ones.</summary>
    public SseEventStreamMode Mode
    {
        get { lock (_lock) return _mode; }
        set { lock (_lock) { _mode = value; Announce(); } }
    }

    /// <summary>True if no more events will be written.</summary>
    public bool IsCompleted { get { lock (_lock) return _completed; } }

    /// <summary>True if a client is reading the stream again.</summary>
    public bool HasReaders { get { lock (_lock) return _readers > 0; } }

    /// <summary>True if the events were dropped to make room.</summary>
    public bool IsDropped { get { lock (_lock) return _dropped; } }

    /// <summary>Timestamp of the completion.</summary>
    public long CompletedAt { get; private set; }

    /// <summary>Adds an event; returns its number, and by how many bytes the stream has grown (or shrunk, if negative).</summary>
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

    /// <summary>Completes the stream. Returns false if it was completed before.</summary>
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

    /// <summary>Removes events that were sent before a timestamp; returns the number of freed bytes.</summary>
    public int Forget(long before)
    {
        var freed = 0;
        lock (_lock)
            while (_events.TryPeek(out var oldest) && oldest.At < before)
                freed += _events.Dequeue().Size;
        return freed;
    }

    /// <summary>Removes all events and keeps no later ones; returns the number of freed bytes.</summary>
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

    /// <summary>Returns the events after a number, and a task that completes at the next change; null if there will be no more events.</summary>
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
