using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary>Formats rows of lists as markup.</summary>
static class Rows
{
    /// <summary>Formats a name, padded to a width, and its description.</summary>
    public static string Of(string name, string description, int width = 30) => description.Length == 0
        ? $"  [bold]{TerminalEscaping.MarkupLine(name)}[/]"
        : $"  [bold]{TerminalEscaping.MarkupLine(name.PadRight(width))}[/]  {TerminalEscaping.MarkupLine(description)}";
}
