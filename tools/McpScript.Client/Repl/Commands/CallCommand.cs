using System.Diagnostics;
using McpScript.Client.Arguments;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>call NAME [ARGS]</c>, and the shorthand without <c>call</c>.</summary>
sealed class CallCommand() : ReplCommand("call", "NAME [name=value… | JSON | text]", "Call a tool; without arguments, they are asked for")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(Session session, string rest, CancellationToken cancellationToken) =>
        rest.Length == 0 ? throw Complaint.Usage("Usage: call <tool_name> [arg1=val1 arg2=val2 | JSON]", []) : CallAsync(session, rest, cancellationToken);

    /// <summary>Calls the tool that a line begins with.</summary>
    public static async Task<bool> CallAsync(Session session, string line, CancellationToken cancellationToken)
    {
        var (name, arguments) = Words.Cut(line);
        var started = Stopwatch.GetTimestamp();
        var answer = await new Requests(session).CallAsync(name, arguments.Length == 0 ? null : reader => reader.Read(arguments), cancellationToken);
        if (answer is null)
        {
            session.Screen.Note("Not called.");
            return true;
        }
        var seconds = $"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.000}s";
        session.Screen.Say(answer.IsError ? $"[red]ERROR ({seconds}):[/]" : $"[green]Result ({seconds}):[/]");
        foreach (var text in answer.Texts)
            if (answer.IsError)
                session.Screen.Say($"[red]{Safe.Markup(text)}[/]");
            else
                session.Screen.Text(text);
        return !answer.IsError;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(Session session, LineSoFar line, CancellationToken cancellationToken) => line.Words.Count == 0
        ? Task.FromResult(line.Matching(session.Connection.Offer.Tools.Select(tool => tool.Name)))
        : CompleteArgumentsAsync(session, line.Words[0], line.AfterFirst(), cancellationToken);

    /// <summary>Completes the arguments of a tool.</summary>
    public static Task<Completions> CompleteArgumentsAsync(Session session, string tool, LineSoFar line, CancellationToken cancellationToken) =>
        session.Connection.Offer.Tool(tool) is { } known ? new ArgumentCompletion(Parameter.Of(known.InputSchema), null).CompleteAsync(line, cancellationToken) : Task.FromResult(Completions.None);
}
