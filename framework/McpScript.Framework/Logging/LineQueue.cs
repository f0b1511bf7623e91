using McpScript.Telemetry;

namespace McpScript.Logging;

/// <summary>
/// Queue of lines for a stream that may not be read, such as stderr. A thread of its own writes them, so that adding a line never blocks. Lines beyond the
/// limits are dropped and counted; the count is written as soon as writing is possible again. Safe for concurrent use.
/// </summary>
sealed class LineQueue : IDisposable
{
    // Several hundred errors with their stack traces.
    const int MostLines = 4_096;
    const int MostCharacters = 4 * 1024 * 1024;

    readonly Lock _lock = new();
    readonly Queue<string> _lines = new();
    readonly AutoResetEvent _more = new(false);
    readonly ManualResetEventSlim _idle = new(true);
    readonly Thread _writer;
    readonly TextWriter _output;
    readonly Func<long, string> _describeDropped;
    readonly TimeSpan _drainTime;
    int _characters;
    long _dropped;
    bool _ended;

    /// <summary>Starts the writing thread.</summary>
    /// <param name="output">The writer; used by that thread only.</param>
    /// <param name="describeDropped">Returns a complete line that reports a number of dropped lines.</param>
    /// <param name="drainTime">Time that disposal waits for queued lines.</param>
    public LineQueue(TextWriter output, Func<long, string> describeDropped, TimeSpan drainTime)
    {
        (_output, _describeDropped, _drainTime) = (output, describeDropped, drainTime);
        // A background thread, so that one that is blocked in a write does not keep the process alive.
        _writer = new Thread(Write) { IsBackground = true, Name = "log" };
        _writer.Start();
        // For exits without disposal.
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>Adds a complete line. Never blocks.</summary>
    public void Add(string line)
    {
        lock (_lock)
        {
            if (_ended || _lines.Count >= MostLines || _characters + line.Length > MostCharacters)
            {
                _dropped++;
                Instruments.LogLineDropped();
                return;
            }
            _lines.Enqueue(line);
            _characters += line.Length;
            _idle.Reset();
        }
        _more.Set();
    }

    /// <summary>Waits up to the drain time for queued lines, and drops the rest.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Drain();
        lock (_lock)
            _ended = true;
        _more.Set();
    }

    void OnExit(object? sender, EventArgs e) => Drain();

    void Drain() => _idle.Wait(_drainTime);

    void Write()
    {
        while (true)
        {
            var (line, dropped) = Take();
            if (line is null)
            {
                if (_ended)
                    return;
                _more.WaitOne();
                continue;
            }
            try
            {
                _output.Write(line);
                // Lines were dropped while this write was blocked; it has completed now.
                if (dropped > 0)
                    _output.Write(_describeDropped(dropped));
                _output.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
            {
                // Expected when the reader has gone: a log line must not cause a call to fail.
            }
        }
    }

    // Both in one step, so that the queue is idle only when the last line has been written.
    (string? Line, long Dropped) Take()
    {
        lock (_lock)
        {
            if (!_lines.TryDequeue(out var line))
            {
                if (_dropped == 0 || _ended)
                {
                    _idle.Set();
                    return (null, 0);
                }
                line = "";
            }
            _characters -= line.Length;
            // The count is written after the last line that was kept, where the gap is.
            var dropped = _lines.Count == 0 ? _dropped : 0;
            if (dropped > 0)
                _dropped = 0;
            return (line, dropped);
        }
    }
}
