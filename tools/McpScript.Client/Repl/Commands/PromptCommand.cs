using McpScript.Client.Arguments;
using McpScript.Client.Completion;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>prompt NAME [name=value…]</c></summary>
sealed class PromptCommand() : ReplCommand("prompt", "NAME [name=value…]", "Get a prompt; without arguments, you enter them one by one")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        var (name, arguments) = Tokens.SplitFirst(rest);
        if (name.Length == 0)
            throw UsageError();
        var answer = await new ServerRequests(context).PromptAsync(name, arguments.Length == 0 ? null : reader => reader.Read(arguments), cancellationToken);
        foreach (var text in answer?.Texts ?? ["Not requested."])
            context.Screen.Text(text);
        return true;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext context, CompletionContext line, CancellationToken cancellationToken)
    {
        if (line.Words.Count == 0)
            return Task.FromResult(line.Matching(context.Connection.Primitives.Prompts.Select(prompt => prompt.Name)));
        if (context.Connection.Primitives.Prompt(line.Words[0]) is not { } prompt)
            return Task.FromResult(Completions.None);
        var completer = new ArgumentCompleter([.. ServerRequests.Parameters(prompt)], (name, typed, given, ct) =>
            context.Connection.CompleteAsync(new PromptReference { Name = prompt.Name }, name, typed, given, ct));
        return completer.CompleteAsync(line.AfterFirst(), cancellationToken);
    }
}
