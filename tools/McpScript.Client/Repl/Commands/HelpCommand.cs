using McpScript.Client.Requests;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>help</c></summary>
sealed class HelpCommand() : ReplCommand("help", "", "Show this help")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        context.Screen.Say("Commands:");
        foreach (var command in ReplCommands.All)
            context.Screen.Say(Rows.Of(command.Usage, command.Summary, 42));
        context.Screen.Say(Rows.Of("NAME [arguments]", "Short for call NAME [arguments]", 42));
        context.Screen.Say(Rows.Of(string.Join(" | ", ReplCommands.QuitWords), "Leave; so does Ctrl-D", 42));
        if (context.Screen.CanPrompt)
            context.Screen.Say("\n[grey]Tab completes, the up arrow brings back earlier lines, Ctrl-C cancels a call.[/]");
        return Task.FromResult(true);
    }
}
