using System.CommandLine;
using McpScript.Client.Connecting;

namespace McpScript.Client.Commands;

/// <summary><c>mcp-client stdio -- CMD…</c></summary>
sealed class StdioCommand : InteractiveCommand
{
    readonly Argument<string[]> _command = new("CMD") { Description = "The server's command line.", Arity = ArgumentArity.OneOrMore };

    public StdioCommand(ServerOptions server) : base("stdio", "Start a server and talk to it at a prompt.", server) => Arguments.Add(_command);

    /// <inheritdoc/>
    protected override ServerTarget Target(ParseResult parsed, ServerOptions server) => parsed.GetValue(_command) is [var program, .. var arguments]
        ? new ProgramTarget(program, arguments) : throw new InvalidOperationException("The parser accepts no command line without a command.");
}
