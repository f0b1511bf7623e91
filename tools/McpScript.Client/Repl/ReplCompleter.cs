using McpScript.Client.Completion;
using McpScript.Client.Repl.Commands;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl;

/// <summary>Completes the line at the prompt: names of commands and tools first, then their arguments.</summary>
sealed class ReplCompleter(CommandContext context) : ICompleter
{
    /// <inheritdoc/>
    public Task<Completions> CompleteAsync(string beforeCursor, CancellationToken cancellationToken)
    {
        var line = CompletionContext.Parse(beforeCursor);
        if (line.Words.Count == 0)
            return Task.FromResult(line.Matching(
            [
                .. ReplCommands.All.Select(command => command.Name),
                .. ReplCommands.QuitWords.Where(word => word.Length > 1),
                .. context.Connection.Primitives.Tools.Select(tool => tool.Name),
            ]));
        return ReplCommands.Find(line.Words[0]) is { } command
            ? command.CompleteAsync(context, line.AfterFirst(), cancellationToken)
            : CallCommand.CompleteArgumentsAsync(context, line.Words[0], line.AfterFirst(), cancellationToken);
    }
}
