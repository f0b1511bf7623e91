using McpScript.Client.Requests;

namespace McpScript.Client.Commands;

/// <summary><c>mcp-client call URL|-- CMD… :: TOOL [name=value…]</c></summary>
sealed class CallCommand(ServerOptions server) : OneShotCommand("call", "TOOL [name=value…]", "Call a tool once, and print its result.", server)
{
    /// <inheritdoc/>
    protected override int WordsNeeded => 1;

    /// <inheritdoc/>
    protected override Task<RequestResult?> SendAsync(CommandContext context, IReadOnlyList<string> wanted, CancellationToken cancellationToken) =>
        new ServerRequests(context).CallAsync(wanted[0], wanted.Count == 1 ? null : reader => reader.Read([.. wanted.Skip(1)]), cancellationToken);
}
