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

/// <summary>Base of the commands that send one request and exit.</summary>
abstract class OneShotCommand : Command
{
    readonly Argument<string[]> _words = new("SERVER") { Arity = ArgumentArity.ZeroOrMore };
    readonly Option<bool> _json = new("--json") { Description = "Print the server's result as JSON, without prompting for input." };
    readonly ServerOptions _server;
    readonly string _wanted;

    protected OneShotCommand(string name, string wanted, string description, ServerOptions server) : base(name, description)
    {
        (_server, _wanted) = (server, wanted);
        var request = wanted.Length == 0 ? "" : " and the request";
        _words.Description = $"The server{request}, either: http://HOST:PORT/mcp{After("")}, or: -- PROGRAM ARGUMENTS…{After(" ::")}";
        _words.HelpName = $"SERVER{After("")}";
        Arguments.Add(_words);
        Options.Add(_json);
        SetAction((parsed, _) => RunAsync(parsed));

        string After(string separator) => wanted.Length == 0 ? "" : $"{separator} {wanted}";
    }

    /// <summary>Sends the request.</summary>
    /// <param name="context">Screen and connection.</param>
    /// <param name="wanted">Arguments after the server.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl-C.</param>
    /// <returns>The result; null if the user gave up at a prompt.</returns>
    protected abstract Task<RequestResult?> SendAsync(CommandContext context, IReadOnlyList<string> wanted, CancellationToken cancellationToken);

    /// <summary>Number of arguments that are required after the server.</summary>
    protected abstract int WordsNeeded { get; }

    async Task<int> RunAsync(ParseResult parsed)
    {
        var json = parsed.GetValue(_json);
        var (target, wanted) = ServerArguments.Read(parsed.GetValue(_words) ?? [], _server.Token(parsed), WordsNeeded > 0);
        if (wanted.Count < WordsNeeded)
            throw UserError.Usage($"{Name}: {_wanted} is missing.", [$"there is nothing after {target}"], $"'mcp-client {Name} --help' shows how to write it.");
        var interrupts = new InterruptHandler();
        IScreen screen = !json && TerminalScreen.IsAvailable ? new TerminalScreen(interrupts) : new PlainScreen();
        using var signals = InterruptSignals.Forward(interrupts);
        await using var connection = new Connection(target, _server.Settings(parsed, listens: false),
            new ServerEventOutput(screen, _server.Verbose(parsed)), screen.CanPrompt ? new TerminalClientHandlers(screen) : null);
        interrupts.Exit = () => ForcedExit.Run(connection);
        var context = new CommandContext(screen, connection, new(new SavedFiles(_server.Save(parsed))), _server.Verbose(parsed));
        return await RunAsync(context, wanted, json, interrupts);
    }

    async Task<int> RunAsync(CommandContext context, IReadOnlyList<string> wanted, bool json, InterruptHandler interrupts)
    {
        RequestResult? result = null;
        try
        {
            await interrupts.RunAsync(async cancellationToken =>
            {
                await context.Connection.ConnectAsync(cancellationToken);
                result = await SendAsync(context, wanted, cancellationToken);
            });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var error = ServerErrors.From(e, context.Connection.Target);
            if (!json)
                throw error;
            context.Screen.Text(Json.Compact(ErrorOf(e, error)));
            return error.ExitCode;
        }
        if (result is null)
            return ExitCodes.Interrupted;
        if (json)
            context.Screen.Text(Json.Compact(result.Result));
        else
            Show(context.Screen, result);
        return result.IsError ? ExitCodes.Failed : ExitCodes.Done;
    }

    static void Show(IScreen screen, RequestResult result)
    {
        foreach (var text in result.Texts)
            if (result.IsError)
                screen.Note($"[red]{TerminalEscaping.Markup(text)}[/]");
            else
                screen.Text(text);
    }

    static JsonObject ErrorOf(Exception e, UserError error) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = e is McpProtocolException refused ? (int)refused.ErrorCode : null,
            ["message"] = error.Message,
            ["reasons"] = new JsonArray([.. error.Reasons.Select(reason => JsonValue.Create(reason))]),
            ["cure"] = error.Cure,
        },
    };
}
