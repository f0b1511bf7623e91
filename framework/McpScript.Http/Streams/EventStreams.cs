using ModelContextProtocol.Server;

namespace McpScript.Http.Streams;

/// <summary>In-memory store of recently sent events, within limits, so that a client can resume a broken stream. Safe for concurrent use.</summary>
sealed class EventStreams(EventStreamLimits limits, TimeProvider time) : ISseEventStreamStore
{
    readonly Lock _lock = new();
    readonly Dictionary<long, LinkedListNode<EventStream>> _byNumber = [];
    readonly Dictionary<(string Session, string Stream), EventStream> _openByName = [];

    // Oldest first: open streams by start time, completed ones by end time.
    readonly LinkedList<EventStream> _open = new();
    readonly LinkedList<EventStream> _finished = new();
    long _count;
    long _bytes;

    /// <summary>The size of all kept events, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The number of kept streams.</summary>
    public int Count { get { lock (_lock) return _byNumber.Count; } }

    public ValueTask<ISseEventStreamWriter> CreateStreamAsync(SseEventStreamOptions options, CancellationToken cancellationToken = default)
    {
        var stream = new EventStream(Interlocked.Increment(ref _count), options.SessionId, options.StreamId, options.Mode);
        lock (_lock)
        {
            _byNumber[stream.Number] = _open.AddLast(stream);
            _openByName[(stream.SessionId, stream.StreamId)] = stream;
            MakeRoom();
        }
        return ValueTask.FromResult<ISseEventStreamWriter>(new EventStreamWriter(this, stream));
    }

    public ValueTask<ISseEventStreamReader?> GetStreamReaderAsync(string lastEventId, CancellationToken cancellationToken = default)
    {
        if (!SseEventId.TryParse(lastEventId, out var id))
            return default;
        lock (_lock)
            return ValueTask.FromResult<ISseEventStreamReader?>(
                _byNumber.TryGetValue(id.Stream, out var node) ? new EventStreamReader(node.Value, id.Number, limits.PollWait, time) : null);
    }

    /// <summary>Returns the open stream with a name; null if there is none.</summary>
    public EventStream? FindOpen(string sessionId, string streamId)
    {
        lock (_lock)
            return _openByName.GetValueOrDefault((sessionId, streamId));
    }

    /// <summary>Stores an event; returns its number in the stream.</summary>
    public long Add(EventStream stream, string? type, TimeSpan? retry, byte[]? data)
    {
        var (number, grown) = stream.Add(type, retry, data, time.GetTimestamp(), limits.MaxEventsPerStream);
        if (Interlocked.Add(ref _bytes, grown) > limits.MaxBytes)
            lock (_lock)
                MakeRoom();
        return number;
    }

    /// <summary>Marks a stream as complete.</summary>
    public void Complete(EventStream stream)
    {
        if (!stream.Complete(time.GetTimestamp()))
            return;
        lock (_lock)
        {
            if (_openByName.GetValueOrDefault((stream.SessionId, stream.StreamId)) == stream)
                _openByName.Remove((stream.SessionId, stream.StreamId));
            if (!_byNumber.TryGetValue(stream.Number, out var node))
                return;
            _open.Remove(node);
            _finished.AddLast(node);
        }
    }

    /// <summary>Removes events and completed streams that are too old.</summary>
    public void Sweep()
    {
        var before = time.GetTimestamp() - (long)(limits.MaxAge.TotalSeconds * time.TimestampFrequency);
        lock (_lock)
        {
            while (_finished.First is { } oldest && oldest.Value.CompletedAt < before)
                Drop(oldest);
            foreach (var stream in _open)
                Interlocked.Add(ref _bytes, -stream.Forget(before));
        }
    }

    // A completed stream was most likely read to its end, so completed streams are removed before open ones.
    void MakeRoom()
    {
        while ((_byNumber.Count > limits.MaxStreams || Bytes > limits.MaxBytes) && (_finished.First ?? _open.First) is { } oldest)
            Drop(oldest);
    }

    void Drop(LinkedListNode<EventStream> node)
    {
        var stream = node.Value;
        node.List!.Remove(node);
        _byNumber.Remove(stream.Number);
        if (_openByName.GetValueOrDefault((stream.SessionId, stream.StreamId)) == stream)
            _openByName.Remove((stream.SessionId, stream.StreamId));
        Interlocked.Add(ref _bytes, -stream.Drop());
    }
}
