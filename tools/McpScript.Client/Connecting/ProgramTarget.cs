using McpScript.Client.Arguments;
using ModelContextProtocol.Client;

namespace McpScript.Client.Connecting;

/// <summary>A server that is started as a child process and reached over stdin and stdout. It inherits the whole environment.</summary>
/// <param name="Command">Program to start.</param>
/// <param name="Arguments">Its arguments.</param>
sealed record ProgramTarget(string Command, IReadOnlyList<string> Arguments) : ServerTarget
{
    /// <inheritdoc/>
    public override string Cure => "Try the command by itself: it must speak MCP on stdin and stdout. -v shows what it writes to stderr.";

    /// <inheritdoc/>
    public override IClientTransport Open(Action<string> stderrLine) => new StdioClientTransport(new()
    {
        Command = Command,
        Arguments = [.. Arguments],
        InheritEnvironmentVariables = true,
        StandardErrorLines = stderrLine,
    });

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Command).Select(Tokens.Quote));
}
