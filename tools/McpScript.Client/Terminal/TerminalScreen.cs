using System.Text;
using Spectre.Console.Rendering;

namespace McpScript.Client.Terminal;

/// <summary>A terminal. Its last lines are redrawn in place: the edited line, or the progress of a call. All other output is written above them.</summary>
sealed class TerminalScreen : IScreen
{
    readonly Lock _lock = new();
    readonly SemaphoreSlim _keyboard = new(1);
    readonly TextWriter _out = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 4096);
    readonly MarkupRenderer _renderer = new(colours: true);
    readonly KeyReader _keys;
    (string Text, int Cursor)? _live;
    int _cursorRow;

    /// <summary>Opens the terminal of this process and starts to read keys.</summary>
    public TerminalScreen(InterruptHandler interrupts) => _keys = new(interrupts);

    /// <summary>True if stdin and stdout are a terminal and <c>TERM</c> is not <c>dumb</c>.</summary>
    public static bool IsAvailable => !Console.IsInputRedirected && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    /// <inheritdoc/>
    public bool CanPrompt => true;

    /// <inheritdoc/>
    public int Width => Console.WindowWidth is > 10 and var width ? width : 80;

    /// <inheritdoc/>
    public void Say(string markup) => Above(_renderer.Render(markup));

    /// <inheritdoc/>
    public void Text(string text) => Above(TerminalEscaping.Printable(text));

    /// <inheritdoc/>
    public void Note(string markup) => Say(markup);

    /// <inheritdoc/>
    public void Progress(string? line)
    {
        var shown = line is null ? null : TerminalEscaping.FirstLine(TerminalEscaping.Printable(line), Width - 1);
        lock (_lock)
            Show(shown is null ? null : (shown, shown.Length));
    }

    /// <inheritdoc/>
    public async Task<TypedLine> ReadLineAsync(LineRequest request, CancellationToken cancellationToken)
    {
        // Concurrent prompts wait for each other.
        await _keyboard.WaitAsync(cancellationToken);
        try
        {
            return await new LineEditor(this, _keys, request).ReadAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
                Show(null);
            _keyboard.Release();
        }
    }

    /// <summary>Redraws the edited line.</summary>
    public void ShowInput(string prompt, LineBuffer line)
    {
        lock (_lock)
            Show((prompt + TerminalEscaping.Printable(line.Text), prompt.Length + line.Cursor));
    }

    /// <summary>Ends the edited line with a mark, such as <c>^C</c>, and moves to the next line.</summary>
    public void EndInput(string mark)
    {
        lock (_lock)
        {
            if (_live is not { } live)
                return;
            Show((live.Text + mark, live.Text.Length + mark.Length));
            _live = null;
            _out.Write("\r\n");
            _out.Flush();
        }
    }

    /// <summary>Writes completion candidates in columns.</summary>
    public void List(IEnumerable<string> candidates)
    {
        var all = candidates.Select(TerminalEscaping.Printable).ToList();
        var column = Math.Min(all.Max(each => each.Length) + 2, Width);
        var rows = all.Chunk(Math.Max(1, Width / column)).Select(row => string.Concat(row.Select(each => each.PadRight(column))).TrimEnd());
        Above(string.Join('\n', rows));
    }

    /// <summary>Clears the terminal and redraws the edited line.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            var live = _live;
            Show(null);
            _out.Write("\e[H\e[2J");
            Show(live);
        }
    }

    void Above(string text)
    {
        lock (_lock)
        {
            var live = _live;
            Erase();
            _out.Write(text.Replace("\n", "\r\n"));
            _out.Write("\r\n");
            Draw(live);
            _out.Flush();
        }
    }

    void Show((string, int)? live)
    {
        Erase();
        Draw(live);
        _out.Flush();
    }

    void Erase()
    {
        if (_live is null)
            return;
        _out.Write(_cursorRow > 0 ? $"\r\e[{_cursorRow}A\e[J" : "\r\e[J");
        _live = null;
    }

    void Draw((string Text, int Cursor)? wanted)
    {
        _live = wanted;
        if (wanted is not { } live)
            return;
        var (width, all, before) = (Width, Cells(live.Text), Cells(live.Text[..live.Cursor]));
        _out.Write(live.Text);
        // After a full line the cursor stays in the last column until the next character; move it to the next line.
        if (all > 0 && all % width == 0)
            _out.Write("\r\n");
        _cursorRow = before / width;
        var up = all / width - _cursorRow;
        _out.Write((up > 0 ? $"\e[{up}A" : "") + "\r" + (before % width > 0 ? $"\e[{before % width}C" : ""));
    }

    // Some characters are two cells wide.
    static int Cells(string text) => new Segment(text).CellCount();
}
