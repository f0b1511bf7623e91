using System.CommandLine;
using McpScript.Client.Connecting;
using McpScript.Client.Errors;
using McpScript.Client.Input;
using McpScript.Client.Output;
using McpScript.Client.Repl;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Commands;

/// <summary>Base of <c>stdio</c> and <c>http</c>: runs the prompt, or a script of its lines.</summary>
abstract class InteractiveCommand : Command
{
    readonly Option<string> _script = new("--script")
    {
        Description = "Run the lines of this file (- for stdin) instead of the prompt, and stop at the first that fails.", HelpName = "FILE",
    };

    readonly Option<bool> _keepGoing = new("--keep-going") { Description = "With --script: continue after a line that fails." };
    readonly ServerOptions _server;

    protected InteractiveCommand(string name, string description, ServerOptions server) : base(name, description)
    {
        _server = server;
        Options.Add(_script);
        Options.Add(_keepGoing);
        SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
    }

    /// <summary>Returns the server of the command line.</summary>
    protected abstract ServerTarget Target(ParseResult parsed, ServerOptions server);

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var interrupts = new InterruptHandler();
        var interactive = parsed.GetValue(_script) is null && TerminalScreen.IsAvailable;
        using var script = interactive ? null : OpenScript(parsed.GetValue(_script));
        // A script is read from a file, so a terminal can still prompt the user.
        IScreen screen = TerminalScreen.IsAvailable ? new TerminalScreen(interrupts) : new PlainScreen();
        using var signals = InterruptSignals.Forward(interrupts);
        var verbose = _server.Verbose(parsed);
        await using var connection = new Connection(Target(parsed, _server), _server.Settings(parsed, listens: true),
            new ServerEventOutput(screen, verbose), screen.CanPrompt ? new TerminalClientHandlers(screen) : null);
        interrupts.Exit = () => ForcedExit.Run(connection);
        Banner(screen);
        await interrupts.RunAsync(connection.ConnectAsync);
        Greet(screen, connection);
        var context = new CommandContext(screen, connection, new(new SavedFiles(_server.Save(parsed))), verbose);
        ILineSource lines = interactive ? new PromptLines(context, History.Load(History.DefaultPath)) : new ScriptLines(script!, screen);
        var stopsAtFailure = parsed.GetValue(_script) is not null && !parsed.GetValue(_keepGoing);
        var code = await new ReplLoop(context, interrupts, stopsAtFailure).RunAsync(lines);
        // The user has seen the errors at the prompt; only scripts report them by exit code.
        return interactive ? ExitCodes.Done : code;
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
