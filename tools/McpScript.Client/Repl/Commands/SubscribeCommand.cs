using McpScript.Client.Completion;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>subscribe URI</c></summary>
sealed class SubscribeCommand() : ReplCommand("subscribe", "URI", "Show when a resource changes")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        if (rest.Length == 0)
            throw UsageError();
        await context.Connection.SubscribeAsync(rest, cancellationToken);
        context.Screen.Say($"Subscribed to {TerminalEscaping.MarkupLine(rest)}");
        return true;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext context, CompletionContext line, CancellationToken cancellationToken) =>
        Task.FromResult(line.Words.Count == 0 ? line.Matching(context.Connection.Primitives.Resources.Select(resource => resource.Uri)) : Completions.None);
}
