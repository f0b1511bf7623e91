using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace McpScript.Proxy.Commands;

/// <summary>
/// <c>mcp-proxy gate unlock GROUP</c>; the code is asked for, or read from a pipe, and never an argument, which everybody on the machine could see.
/// </summary>
sealed class GateUnlockCommand : ClientCommand
{
    readonly Argument<string> _group = new("GROUP") { Description = "The group." };
    readonly GateTargetOptions _target = new();

    public GateUnlockCommand() : base("unlock", "Unlock a group; the one-time code is asked for, or read from a pipe.")
    {
        Arguments.Add(_group);
        _target.AddTo(this);
    }

    /// <inheritdoc/>
    protected override async Task<(JsonObject Body, bool Ok)> AskAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken)
    {
        var body = _target.Read(parsed);
        body["group"] = parsed.GetValue(_group);
        body["code"] = await CodeAsync(cancellationToken);
        return await proxy.PostAsync("/proxy/gate/unlock", body, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed) => Console.WriteLine(body["result"]);

    static async Task<string> CodeAsync(CancellationToken cancellationToken)
    {
        var code = Console.IsInputRedirected
            ? (await Console.In.ReadLineAsync(cancellationToken))?.Trim()
            : await new TextPrompt<string>("Code:").Secret(null).ShowAsync(OnErrors(), cancellationToken);
        return code is { Length: > 0 } some ? some : throw new CommandException("No code was given. Type the six digits that the authenticator shows, or pipe them in.");
    }

    // What is printed may be piped on.
    static IAnsiConsole OnErrors() => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
}
