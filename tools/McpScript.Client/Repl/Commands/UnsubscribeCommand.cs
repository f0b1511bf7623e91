using McpScript.Client.Completion;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>unsubscribe URI</c></summary>
sealed class UnsubscribeCommand() : ReplCommand("unsubscribe", "URI", "Be told no more")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext session, string rest, CancellationToken cancellationToken)
    {
        if (rest.Length == 0)
            throw UsageError();
        await session.Connection.UnsubscribeAsync(rest, cancellationToken);
        session.Screen.Say($"Unsubscribed from {TerminalEscaping.MarkupLine(rest)}");
        return true;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext session, CompletionContext line, CancellationToken cancellationToken) =>
        Task.FromResult(line.Words.Count == 0 ? line.Matching(session.Connection.Subscribed) : Completions.None);
}
