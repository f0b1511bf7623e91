namespace McpScript.Testing.Processes;

/// <summary>Lines that a program has written so far; callers can wait for a line.</summary>
/// <param name="beside">Another log of the program, which is added to the error if a wait times out.</param>
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

    /// <summary>Adds a line.</summary>
    public void Add(string line) => Change(() => _lines.Add(line));

    /// <summary>Marks the end: no more lines follow.</summary>
    public void End() => Change(() => _ended = true);

    /// <summary>Adds all lines of a stream until its end.</summary>
    public async Task ReadAsync(TextReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            Add(line);
        End();
    }

    /// <summary>Waits for the first line, past or future, that contains a text.</summary>
    public Task<string> WaitForAsync(string text) => WaitForAsync(line => line.Contains(text, StringComparison.Ordinal), $"a line with '{text}'");

    /// <summary>Waits for the first line, past or future, that matches a condition.</summary>
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
