using Spectre.Console;

namespace McpScript.Client.Terminal;

/// <summary>Escapes text of a server for the terminal: control characters and Spectre.Console markup.</summary>
static class TerminalEscaping
{
    const char ControlPictures = '\u2400';
    const char DeletePicture = '\u2421';

    /// <summary>Replaces control characters by their control pictures (U+2400…), so that a server cannot send escape sequences to the terminal.</summary>
    public static string Printable(string text) =>
        text.Any(IsControl) ? string.Concat(text.Replace("\r\n", "\n").Select(c => IsControl(c) ? Picture(c) : c)) : text;

    /// <summary>Escapes text as markup.</summary>
    public static string Markup(string text) => Printable(text).EscapeMarkup();

    /// <summary>Escapes text as markup on one line.</summary>
    public static string MarkupLine(string text) => Markup(text.ReplaceLineEndings(" "));

    /// <summary>Returns the first line, truncated to a number of characters.</summary>
    public static string FirstLine(string? text, int width)
    {
        var line = (text ?? "").TrimStart().Split('\n')[0].TrimEnd();
        return line.Length <= width ? line : line[..(width - 1)] + "…";
    }

    static char Picture(char control) => control < ' ' ? (char)(ControlPictures + control) : DeletePicture;

    static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
