using McpScript.Client.Arguments;
using McpScript.Client.Connecting;
using McpScript.Client.Errors;
using McpScript.Client.Output;
using McpScript.Client.Repl.Commands;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl;

/// <summary>Runs the lines of the prompt or of a script in sequence.</summary>
/// <param name="context">Context of the commands.</param>
/// <param name="interrupts">Handler of Ctrl-C.</param>
/// <param name="stopsAtFailure">True to end at the first line that fails.</param>
sealed class ReplLoop(CommandContext context, InterruptHandler interrupts, bool stopsAtFailure)
{
    /// <summary>Runs all lines, until the end or a line that quits.</summary>
    /// <returns>Exit code of the first line that failed; 0 if none did.</returns>
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
            context.Screen.Note("[yellow]Cancelled.[/]");
            return ExitCodes.Interrupted;
        }
        catch (Exception e)
        {
            var error = ServerErrors.From(e, context.Connection.Target);
            UserErrorOutput.Show(context.Screen, error);
            if (context.Screen.CanPrompt && (context.Connection.IsClosed || ServerErrors.IsConnectionLost(e)))
                await OfferToReconnectAsync();
            return error.ExitCode;
        }
    }

    Task<bool> RunAsync(string line, CancellationToken cancellationToken)
    {
        var (word, rest) = Tokens.SplitFirst(line);
        if (word.Length == 0)
            return Task.FromResult(true);
        if (ReplCommands.Find(word) is { } command)
            return command.RunAsync(context, rest, cancellationToken);
        return context.Connection.Primitives.Tool(word) is null && MisspelledCommand(word) is { } error
            ? throw error
            : CallCommand.CallAsync(context, line.Trim(), cancellationToken);
    }

    // An unknown word may be a misspelled tool or a misspelled command; this is the error for a command.
    UserError? MisspelledCommand(string word)
    {
        var commands = ReplCommands.All.Select(command => command.Name).Concat(ReplCommands.QuitWords).ToList();
        var tools = context.Connection.Primitives.Tools.Select(tool => tool.Name);
        return SpellingHint.Nearest(word, [.. tools, .. commands]) is { } nearest && commands.Contains(nearest)
            ? new($"Tool '{word}' not found. Use 'tools' to list available tools.", [], $"Did you mean '{nearest}'?")
            : null;
    }

    async Task OfferToReconnectAsync()
    {
        try
        {
            if (await context.Prompt.ConfirmAsync("Connect again?", CancellationToken.None))
                await interrupts.RunAsync(cancellationToken => new ReconnectCommand().RunAsync(context, "", cancellationToken));
        }
        catch (Exception e)
        {
            UserErrorOutput.Show(context.Screen, ServerErrors.From(e, context.Connection.Target));
        }
    }
}
