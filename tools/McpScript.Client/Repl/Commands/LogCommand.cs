using McpScript.Client.Completion;
using McpScript.Client.Errors;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>log LEVEL</c></summary>
sealed class LogCommand() : ReplCommand("log", "LEVEL", "Show what the server logs, from a level upwards")
{
    static readonly IReadOnlyList<string> Levels = [.. Enum.GetNames<LoggingLevel>().Select(name => name.ToLowerInvariant())];

    /// <inheritdoc/>
    public override async Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        if (!Levels.Contains(rest.ToLowerInvariant()))
            throw UserError.Usage(rest.Length == 0 ? $"Usage: {Usage}" : $"There is no level '{rest}'.{SpellingHint.For(rest, Levels)}",
                [$"the levels are {string.Join(", ", Levels)}"]);
        await context.Connection.SetLogLevelAsync(Enum.Parse<LoggingLevel>(rest, ignoreCase: true), cancellationToken);
        context.Screen.Say($"The server's log is shown from '{rest.ToLowerInvariant()}' upwards.");
        return true;
    }

    /// <inheritdoc/>
    public override Task<Completions> CompleteAsync(CommandContext context, CompletionContext line, CancellationToken cancellationToken) =>
        Task.FromResult(line.Words.Count == 0 ? line.Matching(Levels) : Completions.None);
}
