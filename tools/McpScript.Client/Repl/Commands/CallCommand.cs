using System.Diagnostics;
using McpScript.Client.Arguments;
using McpScript.Client.Completion;
using McpScript.Client.Errors;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>call NAME [ARGS]</c>, and the shorthand without <c>call</c>.</summary>
sealed class CallCommand() : ReplCommand("call", "NAME [name=value… | JSON | text]", "Call a tool; without arguments, you enter them one by one")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken) =>
        rest.Length == 0 ? throw UserError.Usage("Usage: call <tool_name> [arg1=val1 arg2=val2 | JSON]", []) : CallAsync(context, rest, cancellationToken);

    /// <summary>Calls the tool whose name is the first word of a line.</summary>
    public static async Task<bool> CallAsync(CommandContext context, string line, CancellationToken cancellationToken)
    {
        var (name, arguments) = Tokens.SplitFirst(line);
        var started = Stopwatch.GetTimestamp();
        var answer = await new ServerRequests(context).CallAsync(name, arguments.Length == 0 ? null : reader => reader.Read(arguments), cancellationToken);
        if (answer is null)
        {
            context.Screen.Note("Not called.");
            return true;
        }
        var seconds = $"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.000}s";
        context.Screen.Say(answer.IsError ? $"[red]ERROR ({seconds}):[/]" : $"[green]Result ({seconds}):[/]");
        foreach (var text in answer.Texts)
            if (answer.IsError)
                context.Screen.Say($"[red]{TerminalEscaping.Markup(text)}[/]");
            else
                context.Screen.Text(text);
        return !answer.IsError;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext context, CompletionContext line, CancellationToken cancellationToken) =>
        line.Words.Count == 0
            ? Task.FromResult(line.Matching(context.Connection.Primitives.Tools.Select(tool => tool.Name)))
            : CompleteArgumentsAsync(context, line.Words[0], line.AfterFirst(), cancellationToken);

    /// <summary>Completes the arguments of a tool.</summary>
    public static Task<Completions> CompleteArgumentsAsync(CommandContext context, string tool, CompletionContext line, CancellationToken cancellationToken) =>
        context.Connection.Primitives.Tool(tool) is { } known
            ? new ArgumentCompleter(Parameter.Of(known.InputSchema), null).CompleteAsync(line, cancellationToken)
            : Task.FromResult(Completions.None);
}
