using McpScript.Client.Repl;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Commands;

/// <summary><c>mcp-client tools URL|-- CMD…</c></summary>
sealed class ToolsCommand(ServerOptions server) : OneShotCommand("tools", "", "List the tools once.", server)
{
    /// <inheritdoc/>
    protected override int WordsNeeded => 0;

    /// <inheritdoc/>
    protected override Task<Answer?> AskAsync(Session session, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count > 0)
            throw Complaint.Usage($"tools: there is too much after {session.Connection.Target}.", [$"'{string.Join(' ', wanted)}' says nothing to it"]);
        var tools = session.Connection.Offer.Tools;
        return Task.FromResult<Answer?>(Answer.Of(new ListToolsResult { Tools = [.. tools] }, tools.Select(tool => $"{tool.Name,-30}  {Safe.Cut(tool.Description ?? tool.Title, 80)}".TrimEnd())));
    }
}
