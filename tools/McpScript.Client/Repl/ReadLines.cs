using McpScript.Client.Terminal;

namespace McpScript.Client.Repl;

/// <summary>Lines of a file or a pipe, each shown before it is run. Empty ones and those that begin with # are passed over.</summary>
sealed class ReadLines(TextReader reader, IScreen screen) : ILines
{
    /// <inheritdoc/>
    public async Task<string?> NextAsync()
    {
        while (await reader.ReadLineAsync() is { } line)
            if (line.Trim() is { Length: > 0 } text && text[0] != '#')
            {
                screen.Say($"[bold]mcp>[/] {Safe.Line(text)}");
                return text;
            }
        return null;
    }
}
