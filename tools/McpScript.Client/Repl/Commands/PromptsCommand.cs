using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>prompts</c></summary>
sealed class PromptsCommand() : ReplCommand("prompts", "", "List the prompts")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        foreach (var prompt in context.Connection.Primitives.Prompts)
            context.Screen.Say(Rows.Of(prompt.Name, TerminalEscaping.FirstLine(prompt.Description ?? prompt.Title, 60)));
        if (context.Connection.Primitives.Prompts.Count == 0)
            context.Screen.Say("  (no prompts)");
        return Task.FromResult(true);
    }
}
