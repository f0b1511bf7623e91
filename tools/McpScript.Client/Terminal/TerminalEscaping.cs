using Spectre.Console;

namespace McpScript.Client.Terminal;

/// <summary>Makes what a server says fit to be shown.</summary>
static class TerminalEscaping
{
    /// <summary>Without control characters, by which a server could rewrite the screen or worse: each becomes its picture.</summary>
    public static string Printable(string text) => !text.Any(IsControl) ? text : string.Concat(text.Replace("\r\n", "\n").Select(c => !IsControl(c) ? c.ToString() : c < ' ' ? ((char)(0x2400 + c)).ToString() : "\u2421"));

    /// <summary>As markup that shows just this text.</summary>
    public static string Markup(string text) => Printable(text).EscapeMarkup();

    /// <summary>As markup in one line.</summary>
    public static string MarkupLine(string text) => Markup(text.ReplaceLineEndings(" "));

    /// <summary>The first line, cut to a width.</summary>
    public static string FirstLine(string? text, int width)
    {
        var line = (text ?? "").TrimStart().Split('\n')[0].TrimEnd();
        return line.Length <= width ? line : line[..(width - 1)] + "…";
    }

    static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
