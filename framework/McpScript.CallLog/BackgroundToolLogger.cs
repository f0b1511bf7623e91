using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.CallLog;

/// <summary>Takes calls quickly and has another logger write them in the background, in order.</summary>
sealed partial class BackgroundToolLogger : IToolCallLogger, IDisposable, IAsyncDisposable
{
    // Entries gather for so long, so that a busy caller need not wake the writer each time.
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);

    const int MostAtOnce = 256;

    readonly SafeToolCallLogger _inner;
    readonly BackgroundToolLoggerOptions _options;
    readonly ILogger _log;
    readonly Channel<Entry> _queue;
    readonly SemaphoreSlim _hurry = new(0);
    readonly Task _writing;
    long _dropped;

    /// <summary>Starts writing.</summary>
    /// <param name="inner">Does the writing, one call at a time; disposed with this one.</param>
    /// <param name="options">How much is kept and waited for.</param>
    /// <param name="log">Told when entries are lost.</param>
    public BackgroundToolLogger(IToolCallLogger inner, BackgroundToolLoggerOptions? options = null, ILogger? log = null)
    {
        (_options, _log) = (options ?? new(), log ?? NullLogger.Instance);
        _inner = new(inner, _log, TimeProvider.System);
        _queue = Channel.CreateBounded<Entry>(new BoundedChannelOptions(_options.Capacity) { SingleReader = true });
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>How many entries were lost because they could not be taken in time, or written (<c>log_dropped</c>).</summary>
    public long Dropped => Volatile.Read(ref _dropped) + _inner.Failed;

    /// <summary>Takes a call; if there is no room, blocks for as long as <see cref="BackgroundToolLoggerOptions.LongestWait"/> says, then drops it.</summary>
    public void Write(ToolCall call)
    {
        if (!_queue.Writer.TryWrite(new(call, null)))
            WaitAsync(call).GetAwaiter().GetResult();
    }

    /// <summary>Takes a call; if there is no room, waits for as long as <see cref="BackgroundToolLoggerOptions.LongestWait"/> says, then drops it.</summary>
    public ValueTask WriteAsync(ToolCall call) => _queue.Writer.TryWrite(new(call, null)) ? default : new(WaitAsync(call));

    /// <summary>Completes when everything taken so far is written.</summary>
    public async Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _queue.Writer.WriteAsync(new(null, flushed));
        }
        catch (ChannelClosedException)
        {
            // Disposed, or being so: then what is to be waited for is the end of writing.
            await _writing;
            return;
        }
        _hurry.Release();
        await flushed.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Takes no more, writes what it has for as long as <see cref="BackgroundToolLoggerOptions.LongestFlush"/> says, and drops the rest.</summary>
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
            // Something below hangs: disposing it would hang too.
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
            // No room in time, or closed already: the call has waited long enough for its log.
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tool call log: the queue is full and nothing was written for {Seconds} s; entries are being dropped. Is the disk slow or full?")]
    partial void Full(double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tool call log: {Dropped} entries were lost in all.")]
    partial void Lost(long dropped);

    /// <summary>A call to write, or somebody who wants to know that all before him is written.</summary>
    readonly record struct Entry(ToolCall? Call, TaskCompletionSource? Flushed);
}
