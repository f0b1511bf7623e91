namespace McpScript.Testing.Processes;

/// <summary>The lines that a program has written so far, and a way to wait for one of them.</summary>
/// <param name="beside">What it writes elsewhere, which is told too when the wait is in vain.</param>
public sealed class LineLog(LineLog? beside = null)
{
    readonly Lock _lock = new();
    readonly List<string> _lines = [];
    TaskCompletionSource _more = NewSignal();
    bool _ended;

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <summary>All lines so far, as one text.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>Takes a line.</summary>
    public void Add(string line) => Change(() => _lines.Add(line));

    /// <summary>There will be no more lines.</summary>
    public void End() => Change(() => _ended = true);

    /// <summary>Takes all lines of a stream, to its end.</summary>
    public async Task ReadAsync(TextReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            Add(line);
        End();
    }

    /// <summary>The first line, past or future, that contains a text.</summary>
    public Task<string> WaitForAsync(string text) => WaitForAsync(line => line.Contains(text, StringComparison.Ordinal), $"a line with '{text}'");

    /// <summary>The first line, past or future, that is what is waited for.</summary>
    public async Task<string> WaitForAsync(Func<string, bool> isIt, string what)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while (true)
        {
            var (found, ended, more) = Look(isIt);
            if (found is not null)
                return found;
            if (ended || patience.IsCancellationRequested)
                throw new TimeoutException($"{(ended ? "The program ended" : "Waited in vain")} without {what}. It wrote:\n{Text}\n{beside?.Text}");
            await more.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    (string? Found, bool Ended, Task More) Look(Func<string, bool> isIt)
    {
        lock (_lock)
            return (_lines.Find(line => isIt(line)), _ended, _more.Task);
    }

    void Change(Action change)
    {
        TaskCompletionSource seen;
        lock (_lock)
        {
            change();
            (seen, _more) = (_more, NewSignal());
        }
        seen.SetResult();
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
