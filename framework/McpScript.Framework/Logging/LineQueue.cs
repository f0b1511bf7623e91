using McpScript.Telemetry;

namespace McpScript.Logging;

/// <summary>
/// Lines on their way to a stream that its reader may never read, such as stderr: written by a thread of its own, within limits, so that writing a line
/// never blocks its caller. Lines beyond the limits are dropped and counted; the count is written as soon as lines flow again.
/// </summary>
sealed class LineQueue : IDisposable
{
    // Some hundred errors with their stacks.
    const int MostLines = 4_096;
    const int MostCharacters = 4 * 1024 * 1024;

    readonly Lock _lock = new();
    readonly Queue<string> _lines = new();
    readonly AutoResetEvent _more = new(false);
    readonly ManualResetEventSlim _idle = new(true);
    readonly Thread _writer;
    readonly TextWriter _output;
    readonly Func<long, string> _describeDropped;
    readonly TimeSpan _patience;
    int _characters;
    long _dropped;
    bool _ended;

    /// <summary>Starts the thread.</summary>
    /// <param name="output">The stream's writer; used by that thread alone.</param>
    /// <param name="describeDropped">A whole line that reports so many dropped ones.</param>
    /// <param name="patience">How long the end waits for lines that are not written yet.</param>
    public LineQueue(TextWriter output, Func<long, string> describeDropped, TimeSpan patience)
    {
        (_output, _describeDropped, _patience) = (output, describeDropped, patience);
        // A background thread: one that is stuck in a write does not keep the process alive.
        _writer = new Thread(Write) { IsBackground = true, Name = "log" };
        _writer.Start();
        // The ways out that dispose of nothing.
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>Adds a whole line; never blocks.</summary>
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

    /// <summary>Ends: waits a moment for lines that are not written yet, and leaves them if nothing is read.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Drain();
        lock (_lock)
            _ended = true;
        _more.Set();
    }

    void OnExit(object? sender, EventArgs e) => Drain();

    void Drain() => _idle.Wait(_patience);

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
                // Lines were dropped while this one was stuck, and it has been read now.
                if (dropped > 0)
                    _output.Write(_describeDropped(dropped));
                _output.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
            {
                // The reader has gone: no log line ever fails a call.
            }
        }
    }

    // Taken together, so that the queue is idle only when the last line has been written.
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
            // The count stands where the gap is: behind the last line that was kept.
            var dropped = _lines.Count == 0 ? _dropped : 0;
            if (dropped > 0)
                _dropped = 0;
            return (line, dropped);
        }
    }
}
