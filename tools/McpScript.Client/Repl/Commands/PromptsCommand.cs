using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>prompts</c></summary>
sealed class PromptsCommand() : ReplCommand("prompts", "", "List the prompts")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(Session session, string rest, CancellationToken cancellationToken)
    {
        foreach (var prompt in session.Connection.Offer.Prompts)
            session.Screen.Say(Rows.Of(prompt.Name, Safe.Cut(prompt.Description ?? prompt.Title, 60)));
        if (session.Connection.Offer.Prompts.Count == 0)
            session.Screen.Say("  (no prompts)");
        return Task.FromResult(true);
    }
}
