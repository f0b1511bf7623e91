using McpScript.Client.Arguments;
using McpScript.Client.Connecting;
using McpScript.Client.Errors;
using McpScript.Client.Output;
using McpScript.Client.Repl.Commands;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl;

/// <summary>Runs lines, one after the other.</summary>
/// <param name="session">What they work with.</param>
/// <param name="interrupts">What Ctrl-C does.</param>
/// <param name="stopsAtFailure">True to end with the first line that fails.</param>
sealed class ReplLoop(CommandContext session, InterruptHandler interrupts, bool stopsAtFailure)
{
    /// <summary>Runs all of them.</summary>
    /// <returns>The exit code: that of the first line that failed.</returns>
    public async Task<int> RunAsync(ILineSource lines)
    {
        var code = ExitCodes.Done;
        while (await lines.NextAsync() is { } line && !ReplCommands.QuitWords.Contains(line.Trim().ToLowerInvariant()))
        {
            var ended = await RunAsync(line);
            code = code == ExitCodes.Done ? ended : code;
            if (ended != ExitCodes.Done && stopsAtFailure)
                break;
        }
        return code;
    }

    async Task<int> RunAsync(string line)
    {
        try
        {
            var ok = true;
            await interrupts.RunAsync(async cancellationToken => ok = await RunAsync(line, cancellationToken));
            return ok ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            session.Screen.Note("[yellow]Cancelled.[/]");
            return ExitCodes.Interrupted;
        }
        catch (Exception e)
        {
            var complaint = ServerErrors.From(e, session.Connection.Target);
            UserErrorOutput.Show(session.Screen, complaint);
            if (session.Screen.CanAsk && (session.Connection.IsClosed || ServerErrors.IsConnectionLost(e)))
                await OfferToReconnectAsync();
            return complaint.ExitCode;
        }
    }

    Task<bool> RunAsync(string line, CancellationToken cancellationToken)
    {
        var (word, rest) = Tokens.SplitFirst(line);
        if (word.Length == 0)
            return Task.FromResult(true);
        if (ReplCommands.Find(word) is { } command)
            return command.RunAsync(session, rest, cancellationToken);
        return session.Connection.Primitives.Tool(word) is null && IsNearACommand(word) is { } meant ? throw meant : CallCommand.CallAsync(session, line.Trim(), cancellationToken);
    }

    // A wrong word may have been meant as a tool or as a command.
    UserError? IsNearACommand(string word)
    {
        var commands = ReplCommands.All.Select(command => command.Name).Concat(ReplCommands.QuitWords).ToList();
        return SpellingHint.Nearest(word, [.. session.Connection.Primitives.Tools.Select(tool => tool.Name), .. commands]) is { } nearest && commands.Contains(nearest)
            ? new($"Tool '{word}' not found. Use 'tools' to list available tools.", [], $"Did you mean '{nearest}'?")
            : null;
    }

    async Task OfferToReconnectAsync()
    {
        try
        {
            if (await session.Prompt.ConfirmAsync("Connect again?", CancellationToken.None))
                await interrupts.RunAsync(cancellationToken => new ReconnectCommand().RunAsync(session, "", cancellationToken));
        }
        catch (Exception e)
        {
            UserErrorOutput.Show(session.Screen, ServerErrors.From(e, session.Connection.Target));
        }
    }
}
