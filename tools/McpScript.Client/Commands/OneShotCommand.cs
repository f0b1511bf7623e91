using System.CommandLine;
using System.Text.Json.Nodes;
using McpScript.Client.Arguments;
using McpScript.Client.Connecting;
using McpScript.Client.Errors;
using McpScript.Client.Input;
using McpScript.Client.Output;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;
using ModelContextProtocol;

namespace McpScript.Client.Commands;

/// <summary>What the commands that ask one thing and end have in common.</summary>
abstract class OneShotCommand : Command
{
    readonly Argument<string[]> _words = new("SERVER") { Arity = ArgumentArity.ZeroOrMore };
    readonly Option<bool> _json = new("--json") { Description = "Print the server's result as JSON, and ask nothing." };
    readonly ServerOptions _server;
    readonly string _wanted;

    protected OneShotCommand(string name, string wanted, string description, ServerOptions server) : base(name, description)
    {
        (_server, _wanted) = (server, wanted);
        _words.Description = $"The server, {(wanted.Length == 0 ? "" : "and what is wanted of it, ")}as either of: http://HOST:PORT/mcp{After("")}, or: -- PROGRAM ARGUMENTS…{After(" ::")}";
        _words.HelpName = $"SERVER{After("")}";
        Arguments.Add(_words);
        Options.Add(_json);
        SetAction((parsed, _) => RunAsync(parsed));

        string After(string separator) => wanted.Length == 0 ? "" : $"{separator} {wanted}";
    }

    /// <summary>Asks.</summary>
    /// <param name="session">What to work with.</param>
    /// <param name="wanted">The words after the server.</param>
    /// <param name="cancellationToken">Fires on Ctrl-C.</param>
    /// <returns>The answer; null if the user gave it up.</returns>
    protected abstract Task<RequestResult?> AskAsync(CommandContext session, IReadOnlyList<string> wanted, CancellationToken cancellationToken);

    /// <summary>How many words there have to be after the server.</summary>
    protected abstract int WordsNeeded { get; }

    async Task<int> RunAsync(ParseResult parsed)
    {
        var json = parsed.GetValue(_json);
        var (target, wanted) = ServerArguments.Read(parsed.GetValue(_words) ?? [], _server.Token(parsed), WordsNeeded > 0);
        if (wanted.Count < WordsNeeded)
            throw UserError.Usage($"{Name}: {_wanted} is missing.", [$"there is nothing after {target}"], $"'mcp-client {Name} --help' shows how to write it.");
        var interrupts = new InterruptHandler();
        IScreen screen = !json && TerminalScreen.IsThere ? new TerminalScreen(interrupts) : new PlainScreen();
        using var signals = InterruptSignals.Forward(interrupts);
        await using var connection = new Connection(target, _server.Settings(parsed, listens: false), new ServerEventOutput(screen, _server.Verbose(parsed)), screen.CanAsk ? new TerminalClientHandlers(screen) : null);
        interrupts.Exit = () => ForcedExit.Run(connection);
        var session = new CommandContext(screen, connection, new(new SavedFiles(_server.Save(parsed))), _server.Verbose(parsed));
        return await AskAsync(session, wanted, json, interrupts);
    }

    async Task<int> AskAsync(CommandContext session, IReadOnlyList<string> wanted, bool json, InterruptHandler interrupts)
    {
        RequestResult? answer = null;
        try
        {
            await interrupts.RunAsync(async cancellationToken =>
            {
                await session.Connection.ConnectAsync(cancellationToken);
                answer = await AskAsync(session, wanted, cancellationToken);
            });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var complaint = ServerErrors.From(e, session.Connection.Target);
            if (!json)
                throw complaint;
            session.Screen.Text(Json.Compact(ErrorOf(e, complaint)));
            return complaint.ExitCode;
        }
        if (answer is null)
            return ExitCodes.Interrupted;
        if (json)
            session.Screen.Text(Json.Compact(answer.Result));
        else
            Show(session.Screen, answer);
        return answer.IsError ? ExitCodes.Failed : ExitCodes.Done;
    }

    static void Show(IScreen screen, RequestResult answer)
    {
        foreach (var text in answer.Texts)
            if (answer.IsError)
                screen.Note($"[red]{TerminalEscaping.Markup(text)}[/]");
            else
                screen.Text(text);
    }

    static JsonObject ErrorOf(Exception e, UserError complaint) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = e is McpProtocolException refused ? (int)refused.ErrorCode : null,
            ["message"] = complaint.Message,
            ["reasons"] = new JsonArray([.. complaint.Reasons.Select(reason => JsonValue.Create(reason))]),
            ["cure"] = complaint.Cure,
        },
    };
}
