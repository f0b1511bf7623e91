using McpScript.Client.Errors;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Commands;

/// <summary><c>mcp-client tools URL|-- CMD…</c></summary>
sealed class ToolsCommand(ServerOptions server) : OneShotCommand("tools", "", "List the tools once.", server)
{
    /// <inheritdoc/>
    protected override int WordsNeeded => 0;

    /// <inheritdoc/>
    protected override Task<RequestResult?> AskAsync(CommandContext session, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count > 0)
            throw UserError.Usage($"tools: there is too much after {session.Connection.Target}.", [$"'{string.Join(' ', wanted)}' says nothing to it"]);
        var tools = session.Connection.Primitives.Tools;
        return Task.FromResult<RequestResult?>(RequestResult.From(new ListToolsResult { Tools = [.. tools] }, tools.Select(tool => $"{tool.Name,-30}  {TerminalEscaping.FirstLine(tool.Description ?? tool.Title, 80)}".TrimEnd())));
    }
}
