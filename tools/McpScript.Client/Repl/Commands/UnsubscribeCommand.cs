using McpScript.Client.Completion;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>unsubscribe URI</c></summary>
sealed class UnsubscribeCommand() : ReplCommand("unsubscribe", "URI", "Stop showing when a resource changes")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        if (rest.Length == 0)
            throw UsageError();
        await context.Connection.UnsubscribeAsync(rest, cancellationToken);
        context.Screen.Say($"Unsubscribed from {TerminalEscaping.MarkupLine(rest)}");
        return true;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext context, CompletionContext line, CancellationToken cancellationToken) =>
        Task.FromResult(line.Words.Count == 0 ? line.Matching(context.Connection.Subscribed) : Completions.None);
}
