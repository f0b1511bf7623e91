using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace McpScript.Proxy.Commands;

/// <summary>
/// <c>mcp-proxy gate unlock GROUP</c>. The code is read from a prompt or a pipe. It is never an argument, because all users of the machine can see those.
/// </summary>
sealed class GateUnlockCommand : ManagementCommand
{
    readonly Argument<string> _group = new("GROUP") { Description = "The group." };
    readonly GateTargetOptions _target = new();

    public GateUnlockCommand() : base("unlock", "Unlock a group; the one-time code is read from a prompt or a pipe.")
    {
        Arguments.Add(_group);
        _target.AddTo(this);
    }

    /// <inheritdoc/>
    protected override async Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken)
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
        return code is { Length: > 0 } given
            ? given
            : throw new CommandException("No code was given. Type the digits that the authenticator shows, or pipe them in.");
    }

    // The prompt goes to stderr, because stdout may be piped.
    static IAnsiConsole OnErrors() => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
}
