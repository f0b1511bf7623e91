namespace McpScript.Client.Terminal;

/// <summary>Line editor with the keys of common shells: arrows, Home, End, Tab, history, and control keys such as Ctrl-A and Ctrl-W.</summary>
sealed class LineEditor(TerminalScreen screen, KeyReader keys, LineRequest request)
{
    static readonly TimeSpan CompletionTimeout = TimeSpan.FromSeconds(3);

    readonly LineBuffer _line = new();
    readonly IReadOnlyList<string> _past = request.History?.Lines ?? [];
    int _back;
    string _draft = "";

    /// <summary>Reads one line.</summary>
    public async Task<TypedLine> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            screen.ShowInput(request.Prompt, _line);
            var key = await keys.NextAsync(cancellationToken);
            if (await EndOfAsync(key, cancellationToken) is not { } end)
                continue;
            screen.EndInput(end == LineEnd.Interrupted ? "^C" : "");
            if (end == LineEnd.Entered)
                request.History?.Add(_line.Text);
            return new(end, _line.Text);
        }
    }

    // Handles one key; null if the line continues.
    async Task<LineEnd?> EndOfAsync(ConsoleKeyInfo? pressed, CancellationToken cancellationToken)
    {
        if (pressed is not { } key)
            return LineEnd.Closed;
        if (KeyReader.IsInterrupt(key))
            return LineEnd.Interrupted;
        if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n')
            return LineEnd.Entered;
        if (IsControl(key, ConsoleKey.D) && _line.Text.Length == 0)
            return LineEnd.Closed;
        if (key.Key == ConsoleKey.Tab)
            await CompleteAsync(cancellationToken);
        else
            Edit(key);
        return null;
    }

    void Edit(ConsoleKeyInfo key)
    {
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: _line.MoveTo(control ? _line.WordLeft : _line.Left); break;
            case ConsoleKey.RightArrow: _line.MoveTo(control ? _line.WordRight : _line.Right); break;
            case ConsoleKey.Home: case ConsoleKey.A when control: _line.MoveTo(0); break;
            case ConsoleKey.End: case ConsoleKey.E when control: _line.MoveTo(int.MaxValue); break;
            case ConsoleKey.B when control: _line.MoveTo(_line.Left); break;
            case ConsoleKey.F when control: _line.MoveTo(_line.Right); break;
            case ConsoleKey.UpArrow: case ConsoleKey.P when control: Recall(_back + 1); break;
            case ConsoleKey.DownArrow: case ConsoleKey.N when control: Recall(_back - 1); break;
            case ConsoleKey.Backspace when control: _line.Delete(_line.WordLeft, _line.Cursor); break;
            case ConsoleKey.Backspace: case ConsoleKey.H when control: _line.Delete(_line.Left, _line.Cursor); break;
            case ConsoleKey.Delete: case ConsoleKey.D when control: _line.Delete(_line.Cursor, _line.Right); break;
            case ConsoleKey.W when control: _line.Delete(_line.WordLeft, _line.Cursor); break;
            case ConsoleKey.U when control: _line.Delete(0, _line.Cursor); break;
            case ConsoleKey.K when control: _line.Delete(_line.Cursor, _line.Text.Length); break;
            case ConsoleKey.L when control: screen.Clear(); break;
            default:
                if (key.KeyChar >= ' ' && key.KeyChar != '\x7f')
                    _line.Insert(key.KeyChar.ToString());
                break;
        }
    }

    void Recall(int back)
    {
        if (back < 0 || back > _past.Count)
            return;
        if (_back == 0)
            _draft = _line.Text;
        _back = back;
        _line.Replace(back == 0 ? _draft : _past[^back]);
    }

    async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (request.Completer is null)
            return;
        var found = await FindCompletionsAsync(request.Completer, cancellationToken);
        if (found.Candidates is [var only])
        {
            _line.ReplaceFrom(found.From, only.Text + (only.Final ? " " : ""));
            return;
        }
        var common = Common(found.Candidates);
        if (common.Length > _line.Cursor - found.From)
            _line.ReplaceFrom(found.From, common);
        else if (found.Candidates.Count > 0)
            screen.List(found.Candidates.Select(candidate => candidate.Text));
    }

    // The completer may send a request to the server; a slow server must not block the editor.
    async Task<Completions> FindCompletionsAsync(ICompleter completer, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(CompletionTimeout);
        try
        {
            return await completer.CompleteAsync(_line.BeforeCursor, timeout.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Completion is optional: the error is shown when the line is entered.
            return Completions.None;
        }
    }

    static string Common(IReadOnlyList<Candidate> candidates)
    {
        var common = candidates is [var first, ..] ? first.Text : "";
        foreach (var candidate in candidates)
            while (!candidate.Text.StartsWith(common, StringComparison.Ordinal))
                common = common[..^1];
        return common;
    }

    static bool IsControl(ConsoleKeyInfo key, ConsoleKey letter) => key.Key == letter && key.Modifiers == ConsoleModifiers.Control;
}
