namespace McpScript.Client.Repl.Commands;

/// <summary>All commands of the prompt, in the order of the help.</summary>
static class ReplCommands
{
    /// <summary>The commands.</summary>
    public static IReadOnlyList<ReplCommand> All { get; } =
    [
        new ToolsCommand(), new CallCommand(), new SchemaCommand(), new ResourcesCommand(), new ReadCommand(), new PromptsCommand(), new PromptCommand(),
        new SubscribeCommand(), new UnsubscribeCommand(), new LogCommand(), new RefreshCommand(), new ReconnectCommand(), new InfoCommand(), new HelpCommand(),
    ];

    /// <summary>Words that leave the prompt.</summary>
    public static IReadOnlyList<string> QuitWords { get; } = ["quit", "exit", "q"];

    /// <summary>Finds a command by name, ignoring case; null if there is none.</summary>
    public static ReplCommand? Find(string word) => All.FirstOrDefault(command => command.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
}
