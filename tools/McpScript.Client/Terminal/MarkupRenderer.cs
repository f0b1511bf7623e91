using Spectre.Console;

namespace McpScript.Client.Terminal;

/// <summary>Renders Spectre.Console markup as text, with or without ANSI escape sequences. Thread-safe.</summary>
sealed class MarkupRenderer
{
    readonly StringWriter _text = new();
    readonly IAnsiConsole _console;

    /// <param name="colours">False to render plain text without escape sequences.</param>
    public MarkupRenderer(bool colours)
    {
        _console = AnsiConsole.Create(new()
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            // NO_COLOR (no-color.org): the terminal keeps styles such as bold, without colours.
            ColorSystem = colours && Environment.GetEnvironmentVariable("NO_COLOR") is null or "" ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_text),
        });
        // Lines are wrapped by the terminal, so that copied text contains no extra line breaks.
        _console.Profile.Width = 1_000_000;
    }

    /// <summary>Renders markup.</summary>
    public string Render(string markup)
    {
        lock (_text)
        {
            _text.GetStringBuilder().Clear();
            _console.Write(new Markup(markup));
            return _text.ToString();
        }
    }
}
