using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary>Rows of lists.</summary>
static class Rows
{
    /// <summary>A name, and what it is, as markup.</summary>
    public static string Of(string name, string about, int width = 30) =>
        about.Length == 0 ? $"  [bold]{TerminalEscaping.MarkupLine(name)}[/]" : $"  [bold]{TerminalEscaping.MarkupLine(name.PadRight(width))}[/]  {TerminalEscaping.MarkupLine(about)}";
}
