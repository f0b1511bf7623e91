using System.CommandLine;
using McpScript.Client.Connecting;
using McpScript.Client.Errors;
using McpScript.Client.Input;
using McpScript.Client.Output;
using McpScript.Client.Repl;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Commands;

/// <summary>What <c>stdio</c> and <c>http</c> have in common: the prompt, or a script of its lines.</summary>
abstract class InteractiveCommand : Command
{
    readonly Option<string> _script = new("--script") { Description = "Run the lines of this file (- for stdin) instead of asking for them; the first that fails ends it.", HelpName = "FILE" };
    readonly Option<bool> _keepGoing = new("--keep-going") { Description = "With --script: go on after a line has failed." };
    readonly ServerOptions _server;

    protected InteractiveCommand(string name, string description, ServerOptions server) : base(name, description)
    {
        _server = server;
        Options.Add(_script);
        Options.Add(_keepGoing);
        SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
    }

    /// <summary>The server that was named.</summary>
    protected abstract ServerTarget Target(ParseResult parsed, ServerOptions server);

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var interrupts = new InterruptHandler();
        var asksForLines = parsed.GetValue(_script) is null && TerminalScreen.IsThere;
        using var script = asksForLines ? null : OpenScript(parsed.GetValue(_script));
        // A script may still be answered by whoever started it.
        IScreen screen = TerminalScreen.IsThere ? new TerminalScreen(interrupts) : new PlainScreen();
        using var signals = InterruptSignals.Forward(interrupts);
        var verbose = _server.Verbose(parsed);
        await using var connection = new Connection(Target(parsed, _server), _server.Settings(parsed, listens: true), new ServerEventOutput(screen, verbose), screen.CanAsk ? new TerminalClientHandlers(screen) : null);
        interrupts.Exit = () => ForcedExit.Run(connection);
        Banner(screen);
        await interrupts.RunAsync(connection.ConnectAsync);
        Greet(screen, connection);
        var session = new CommandContext(screen, connection, new(new SavedFiles(_server.Save(parsed))), verbose);
        ILineSource lines = asksForLines ? new PromptLines(session, History.Load(History.DefaultPath)) : new ScriptLines(script!, screen);
        var code = await new ReplLoop(session, interrupts, stopsAtFailure: parsed.GetValue(_script) is not null && !parsed.GetValue(_keepGoing)).RunAsync(lines);
        // What went wrong at the prompt was seen there.
        return asksForLines ? ExitCodes.Done : code;
    }

    static void Banner(IScreen screen)
    {
        screen.Say("[bold]MCP Client — Spec-Conformant Test & Debug Tool[/]");
        screen.Say(new string('=', 48));
    }

    static void Greet(IScreen screen, Connection connection)
    {
        var client = connection.Client;
        screen.Say(TerminalEscaping.MarkupLine($"Server: {client.ServerInfo?.Name} v{client.ServerInfo?.Version}"));
        if (client.SessionId is { } id)
            screen.Say(TerminalEscaping.MarkupLine($"Session: {id}"));
        screen.Say($"Connected. {connection.Primitives.Tools.Count} tools available. Type 'help' for commands.");
    }

    static TextReader OpenScript(string? path)
    {
        try
        {
            return path is null or "-" ? Console.In : new StreamReader(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UserError.Usage($"The script '{path}' cannot be read.", [e.Message]);
        }
    }
}
