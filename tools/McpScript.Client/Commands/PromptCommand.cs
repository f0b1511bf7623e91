using McpScript.Client.Requests;

namespace McpScript.Client.Commands;

/// <summary><c>mcp-client prompt URL|-- CMD… :: NAME [name=value…]</c></summary>
sealed class PromptCommand(ServerOptions server) : OneShotCommand("prompt", "NAME [name=value…]", "Get a prompt once, and print its messages.", server)
{
    /// <inheritdoc/>
    protected override int WordsNeeded => 1;

    /// <inheritdoc/>
    protected override Task<RequestResult?> SendAsync(CommandContext context, IReadOnlyList<string> wanted, CancellationToken cancellationToken) =>
        new ServerRequests(context).PromptAsync(wanted[0], wanted.Count == 1 ? null : reader => reader.Read([.. wanted.Skip(1)]), cancellationToken);
}
