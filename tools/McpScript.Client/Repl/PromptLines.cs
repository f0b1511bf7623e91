using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl;

/// <summary>Lines that the user types at the prompt. Ctrl-D, or Ctrl-C twice on an empty line, ends them.</summary>
sealed class PromptLines(CommandContext context, History history) : ILineSource
{
    readonly LineRequest _request = new("mcp> ", new ReplCompleter(context), history);

    /// <inheritdoc/>
    public async Task<string?> NextAsync()
    {
        for (var interrupted = false; ;)
        {
            var line = await context.Screen.ReadLineAsync(_request, CancellationToken.None);
            if (line.End != LineEnd.Interrupted)
                return line.Entered;
            // The first Ctrl-C on an empty line may have been meant for a call that had just ended.
            if (interrupted && line.Text.Length == 0)
                return null;
            if (interrupted = line.Text.Length == 0)
                context.Screen.Note("(Ctrl-C again, Ctrl-D or 'quit' leaves.)");
        }
    }
}
