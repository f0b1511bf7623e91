using McpScript.Client.Requests;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>help</c></summary>
sealed class HelpCommand() : ReplCommand("help", "", "Show this help")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(CommandContext session, string rest, CancellationToken cancellationToken)
    {
        session.Screen.Say("Commands:");
        foreach (var command in ReplCommands.All)
            session.Screen.Say(Rows.Of(command.Usage, command.Summary, 42));
        session.Screen.Say(Rows.Of("NAME [arguments]", "Short for call NAME [arguments]", 42));
        session.Screen.Say(Rows.Of(string.Join(" | ", ReplCommands.QuitWords), "Leave; so does Ctrl-D", 42));
        if (session.Screen.CanAsk)
            session.Screen.Say("\n[grey]Tab completes, the up arrow brings back earlier lines, Ctrl-C cancels a call.[/]");
        return Task.FromResult(true);
    }
}
