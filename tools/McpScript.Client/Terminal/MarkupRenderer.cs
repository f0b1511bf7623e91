using Spectre.Console;

namespace McpScript.Client.Terminal;

/// <summary>Turns Spectre's markup into what a terminal or a pipe takes.</summary>
sealed class MarkupRenderer
{
    readonly StringWriter _text = new();
    readonly IAnsiConsole _console;

    /// <param name="colours">False leaves nothing but the text.</param>
    public MarkupRenderer(bool colours)
    {
        _console = AnsiConsole.Create(new()
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            // NO_COLOR is respected: detection looks at it.
            ColorSystem = colours && Environment.GetEnvironmentVariable("NO_COLOR") is null or "" ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_text),
        });
        // The terminal breaks lines, so that what is copied from it has none of ours.
        _console.Profile.Width = 1_000_000;
    }

    /// <summary>The text of some markup.</summary>
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
