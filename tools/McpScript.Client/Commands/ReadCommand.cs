using McpScript.Client.Requests;

namespace McpScript.Client.Commands;

/// <summary><c>mcp-client read URL|-- CMD… :: URI</c></summary>
sealed class ReadCommand(ServerOptions server) : OneShotCommand("read", "URI|TEMPLATE [variable=value…]", "Read a resource once, and print it.", server)
{
    /// <inheritdoc/>
    protected override int WordsNeeded => 1;

    /// <inheritdoc/>
    protected override Task<RequestResult?> SendAsync(CommandContext context, IReadOnlyList<string> wanted, CancellationToken cancellationToken) =>
        new ServerRequests(context).ReadAsync(wanted[0], wanted.Count == 1 ? null : reader => reader.Read([.. wanted.Skip(1)]), cancellationToken);
}
