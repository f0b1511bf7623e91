using McpScript.Client.Requests;

namespace McpScript.Client.Commands;

/// <summary><c>mcp-client prompt URL|-- CMD… :: NAME [name=value…]</c></summary>
sealed class PromptCommand(ServerOptions server) : OneShotCommand("prompt", "NAME [name=value…]", "Get a prompt once, and print its messages.", server)
{
    /// <inheritdoc/>
    protected override int WordsNeeded => 1;

    /// <inheritdoc/>
    protected override Task<RequestResult?> AskAsync(CommandContext session, IReadOnlyList<string> wanted, CancellationToken cancellationToken) =>
        new ServerRequests(session).PromptAsync(wanted[0], wanted.Count == 1 ? null : reader => reader.Read([.. wanted.Skip(1)]), cancellationToken);
}
