using McpScript.Client.Arguments;
using McpScript.Client.Completion;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>prompt NAME [name=value…]</c></summary>
sealed class PromptCommand() : ReplCommand("prompt", "NAME [name=value…]", "Get a prompt; without arguments, they are asked for")
{
    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext session, string rest, CancellationToken cancellationToken)
    {
        var (name, arguments) = Tokens.SplitFirst(rest);
        if (name.Length == 0)
            throw UsageError();
        var answer = await new ServerRequests(session).PromptAsync(name, arguments.Length == 0 ? null : reader => reader.Read(arguments), cancellationToken);
        foreach (var text in answer?.Texts ?? ["Not asked for."])
            session.Screen.Text(text);
        return true;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext session, CompletionContext line, CancellationToken cancellationToken)
    {
        if (line.Words.Count == 0)
            return Task.FromResult(line.Matching(session.Connection.Primitives.Prompts.Select(prompt => prompt.Name)));
        if (session.Connection.Primitives.Prompt(line.Words[0]) is not { } prompt)
            return Task.FromResult(Completions.None);
        return new ArgumentCompleter([.. ServerRequests.Parameters(prompt)], (name, typed, given, ct) =>
            session.Connection.CompleteAsync(new PromptReference { Name = prompt.Name }, name, typed, given, ct)).CompleteAsync(line.AfterFirst(), cancellationToken);
    }
}
