using McpScript.Client.Terminal;

namespace McpScript.Client.Repl;

/// <summary>Lines of a file or a pipe, each shown before it runs. Empty lines and lines that begin with # are skipped.</summary>
sealed class ScriptLines(TextReader reader, IScreen screen) : ILineSource
{
    /// <inheritdoc/>
    public async Task<string?> NextAsync()
    {
        while (await reader.ReadLineAsync() is { } line)
            if (line.Trim() is { Length: > 0 } text && text[0] != '#')
            {
                screen.Say($"[bold]mcp>[/] {TerminalEscaping.MarkupLine(text)}");
                return text;
            }
        return null;
    }
}
