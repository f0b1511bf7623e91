using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.CallLog;

/// <summary>Queues calls, and writes them in the background, in order and redacted, with other loggers. Safe for concurrent use.</summary>
sealed partial class BackgroundToolLogger : IToolCallLogger, IDisposable, IAsyncDisposable
{
    // Waits for more entries before writing, so that a busy caller need not wake the writer each time.
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);

    const int MostAtOnce = 256;

    // Bytes of arguments from which a call is redacted, and so shortened, before it is queued: a long queue must not fill the memory.
    const int Big = 16 * 1024;

    readonly CompositeToolLogger _loggers;
    readonly Redaction _redaction;
    readonly BackgroundToolLoggerOptions _options;
    readonly ILogger _log;
    readonly Channel<Entry> _queue;
    readonly SemaphoreSlim _hurry = new(0);
    readonly Task _writing;
    long _dropped;
    long _unredacted;

    /// <summary>Creates the logger, and starts the background writer.</summary>
    /// <param name="loggers">The loggers that write; disposed with this one.</param>
    /// <param name="redaction">Redaction of each call, once for all loggers.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <param name="log">Receives reports of lost entries; null for none.</param>
    public BackgroundToolLogger(CompositeToolLogger loggers, Redaction redaction, BackgroundToolLoggerOptions? options = null, ILogger? log = null)
    {
        (_loggers, _redaction, _options, _log) = (loggers, redaction, options ?? new(), log ?? NullLogger.Instance);
        _queue = Channel.CreateBounded<Entry>(new BoundedChannelOptions(_options.Capacity) { SingleReader = true });
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>
    /// The number of entries that were lost because the queue was full, or they could not be redacted or written (<c>log_dropped</c>).
    /// </summary>
    public long Dropped => OwnLosses + _loggers.Failed;

    long OwnLosses => Volatile.Read(ref _dropped) + Volatile.Read(ref _unredacted);

    /// <summary>Queues a call. If the queue is full, blocks up to <see cref="BackgroundToolLoggerOptions.LongestWait"/>, then drops the call.</summary>
    public void Write(ToolCall call)
    {
        var written = WriteAsync(call);
        if (!written.IsCompletedSuccessfully)
            written.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Queues a call. If the queue is full, waits up to <see cref="BackgroundToolLoggerOptions.LongestWait"/>, then drops the call.</summary>
    public ValueTask WriteAsync(ToolCall call)
    {
        if (IsBig(call) && !TryRedact(ref call))
            return default;
        return _queue.Writer.TryWrite(new(call, null)) ? default : new(WaitAsync(call));
    }

    /// <summary>Completes when all calls queued so far are written.</summary>
    public async Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _queue.Writer.WriteAsync(new(null, flushed));
        }
        catch (ChannelClosedException)
        {
            // Disposed, or disposing: all entries are written when the writer ends.
            await _writing;
            return;
        }
        _hurry.Release();
        await flushed.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Accepts no more calls, writes the queue for up to <see cref="BackgroundToolLoggerOptions.LongestFlush"/>, and drops the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
        {
            await Task.WhenAny(_writing, Task.Delay(_options.LongestFlush));
            return;
        }
        _hurry.Release();
        if (await Task.WhenAny(_writing, Task.Delay(_options.LongestFlush)) == _writing)
            _loggers.Dispose();
        else
            // A logger hangs, and disposing it would hang too.
            Drop(_queue.Reader.Count);
        if (OwnLosses > 0)
            Lost(OwnLosses);
    }

    async Task WaitAsync(ToolCall call)
    {
        using var end = new CancellationTokenSource(_options.LongestWait);
        try
        {
            await _queue.Writer.WriteAsync(new(call, null), end.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            // The queue stayed full, or is closed: the call must not wait any longer for its log.
            if (Drop(1) == 1)
                Full(_options.LongestWait.TotalSeconds);
        }
    }

    // False if the redaction fails: the entry is lost, because a logger must not get it with its secrets.
    bool TryRedact(ref ToolCall call)
    {
        try
        {
            call = _redaction.Apply(call);
            return true;
        }
        catch (Exception e)
        {
            // A defect of the redaction. Only the type is logged: the message could contain a value.
            CallLogInstruments.Dropped("redaction", 1);
            if (Interlocked.Increment(ref _unredacted) == 1)
                Unredacted(e.GetType().Name);
            return false;
        }
    }

    long Drop(int entries)
    {
        CallLogInstruments.Dropped("queue", entries);
        return Interlocked.Add(ref _dropped, entries);
    }

    async Task WriteAllAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            WriteWaiting();
            await _hurry.WaitAsync(Gather);
        }
    }

    void WriteWaiting()
    {
        var batch = new List<ToolCall>();
        while (_queue.Reader.TryRead(out var entry))
        {
            if (entry.Call is { } call && TryRedact(ref call))
                batch.Add(call);
            if (batch.Count < MostAtOnce && entry.Flushed is null)
                continue;
            Write(batch);
            entry.Flushed?.TrySetResult();
        }
        Write(batch);
    }

    void Write(List<ToolCall> batch)
    {
        if (batch.Count > 0)
            _loggers.Write(CollectionsMarshal.AsSpan(batch));
        batch.Clear();
    }

    static bool IsBig(ToolCall call)
    {
        var size = 0;
        foreach (var (_, value) in call.Params)
            size += JsonMarshal.GetRawUtf8Value(value).Length;
        return size > Big;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Tool call log: the queue is full and nothing was written for {Seconds} s; entries are being dropped. Is the disk slow or full?")]
    partial void Full(double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Tool call log: the redaction fails with {Problem}, so such calls are not logged, because they could contain secrets. Please report this defect.")]
    partial void Unredacted(string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tool call log: {Dropped} entries were lost in all.")]
    partial void Lost(long dropped);

    /// <summary>A call to write, or a flush to complete when all earlier entries are written.</summary>
    readonly record struct Entry(ToolCall? Call, TaskCompletionSource? Flushed);
}
