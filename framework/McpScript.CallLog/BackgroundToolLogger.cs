using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.CallLog;

/// <summary>Queues calls, and writes them with another logger in the background, in order. Safe for concurrent use.</summary>
sealed partial class BackgroundToolLogger : IToolCallLogger, IDisposable, IAsyncDisposable
{
    // Waits for more entries before writing, so that a busy caller need not wake the writer each time.
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);

    const int MostAtOnce = 256;

    readonly SafeToolCallLogger _inner;
    readonly BackgroundToolLoggerOptions _options;
    readonly ILogger _log;
    readonly Channel<Entry> _queue;
    readonly SemaphoreSlim _hurry = new(0);
    readonly Task _writing;
    long _dropped;

    /// <summary>Creates the logger, and starts the background writer.</summary>
    /// <param name="inner">The logger that writes, one call at a time; disposed with this one.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <param name="log">Receives reports of lost entries; null for none.</param>
    public BackgroundToolLogger(IToolCallLogger inner, BackgroundToolLoggerOptions? options = null, ILogger? log = null)
    {
        (_options, _log) = (options ?? new(), log ?? NullLogger.Instance);
        _inner = new(inner, _log, TimeProvider.System);
        _queue = Channel.CreateBounded<Entry>(new BoundedChannelOptions(_options.Capacity) { SingleReader = true });
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>The number of entries that were lost because the queue was full or they could not be written (<c>log_dropped</c>).</summary>
    public long Dropped => Volatile.Read(ref _dropped) + _inner.Failed;

    /// <summary>Queues a call. If the queue is full, blocks up to <see cref="BackgroundToolLoggerOptions.LongestWait"/>, then drops the call.</summary>
    public void Write(ToolCall call)
    {
        if (!_queue.Writer.TryWrite(new(call, null)))
            WaitAsync(call).GetAwaiter().GetResult();
    }

    /// <summary>Queues a call. If the queue is full, waits up to <see cref="BackgroundToolLoggerOptions.LongestWait"/>, then drops the call.</summary>
    public ValueTask WriteAsync(ToolCall call) => _queue.Writer.TryWrite(new(call, null)) ? default : new(WaitAsync(call));

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
            _inner.Dispose();
        else
            // The inner logger hangs, and disposing it would hang too.
            Drop(_queue.Reader.Count);
        if (Dropped > 0)
            Lost(Dropped);
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
            if (entry.Call is { } call)
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
            _inner.Write(CollectionsMarshal.AsSpan(batch));
        batch.Clear();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Tool call log: the queue is full and nothing was written for {Seconds} s; entries are being dropped. Is the disk slow or full?")]
    partial void Full(double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tool call log: {Dropped} entries were lost in all.")]
    partial void Lost(long dropped);

    /// <summary>A call to write, or a flush to complete when all earlier entries are written.</summary>
    readonly record struct Entry(ToolCall? Call, TaskCompletionSource? Flushed);
}
