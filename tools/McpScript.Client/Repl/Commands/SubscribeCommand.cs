using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>subscribe URI</c></summary>
sealed class SubscribeCommand() : ReplCommand("subscribe", "URI", "Be told when a resource changes")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(Session session, string rest, CancellationToken cancellationToken)
    {
        if (rest.Length == 0)
            throw Bare();
        await session.Connection.SubscribeAsync(rest, cancellationToken);
        session.Screen.Say($"Subscribed to {Safe.Line(rest)}");
        return true;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(Session session, LineSoFar line, CancellationToken cancellationToken) =>
        Task.FromResult(line.Words.Count == 0 ? line.Matching(session.Connection.Offer.Resources.Select(resource => resource.Uri)) : Completions.None);
}
