using McpScript.Client.Completion;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>subscribe URI</c></summary>
sealed class SubscribeCommand() : ReplCommand("subscribe", "URI", "Be told when a resource changes")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext session, string rest, CancellationToken cancellationToken)
    {
        if (rest.Length == 0)
            throw UsageError();
        await session.Connection.SubscribeAsync(rest, cancellationToken);
        session.Screen.Say($"Subscribed to {TerminalEscaping.MarkupLine(rest)}");
        return true;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext session, CompletionContext line, CancellationToken cancellationToken) =>
        Task.FromResult(line.Words.Count == 0 ? line.Matching(session.Connection.Primitives.Resources.Select(resource => resource.Uri)) : Completions.None);
}
