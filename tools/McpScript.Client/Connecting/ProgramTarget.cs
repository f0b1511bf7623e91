using McpScript.Client.Arguments;
using ModelContextProtocol.Client;

namespace McpScript.Client.Connecting;

/// <summary>A server that is started here, and spoken to by its stdin and stdout. It gets our whole environment.</summary>
/// <param name="Command">The program.</param>
/// <param name="Arguments">Its arguments.</param>
sealed record ProgramTarget(string Command, IReadOnlyList<string> Arguments) : ServerTarget
{
    /// <inheritdoc/>
    public override string Cure => "Try the command by itself: it has to speak MCP on stdin and stdout. With -v, what it writes to stderr is shown.";

    /// <inheritdoc/>
    public override IClientTransport Open(Action<string> heardFromServer) => new StdioClientTransport(new()
    {
        Command = Command,
        Arguments = [.. Arguments],
        InheritEnvironmentVariables = true,
        StandardErrorLines = heardFromServer,
    });

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Command).Select(Tokens.Quote));
}
