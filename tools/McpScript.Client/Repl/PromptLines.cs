using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl;

/// <summary>Lines that somebody types at the prompt.</summary>
sealed class PromptLines(CommandContext session, History history) : ILineSource
{
    readonly LineRequest _request = new("mcp> ", new ReplCompleter(session), history);

    /// <inheritdoc/>
    public async Task<string?> NextAsync()
    {
        for (var leaving = false; ; )
        {
            var line = await session.Screen.ReadLineAsync(_request, CancellationToken.None);
            if (line.End != LineEnd.Interrupted)
                return line.Entered;
            // The first on an empty line might have been meant for a call that was just over.
            if (leaving && line.Text.Length == 0)
                return null;
            if (leaving = line.Text.Length == 0)
                session.Screen.Note("(Ctrl-C again, Ctrl-D or 'quit' leaves.)");
        }
    }
}
