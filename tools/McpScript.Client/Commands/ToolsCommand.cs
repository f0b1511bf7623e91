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
    protected override Task<RequestResult?> SendAsync(CommandContext context, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count > 0)
            throw UserError.Usage($"tools: there is too much after {context.Connection.Target}.", [$"unexpected: {string.Join(' ', wanted)}"]);
        var tools = context.Connection.Primitives.Tools;
        var rows = tools.Select(tool => $"{tool.Name,-30}  {TerminalEscaping.FirstLine(tool.Description ?? tool.Title, 80)}".TrimEnd());
        return Task.FromResult<RequestResult?>(RequestResult.From(new ListToolsResult { Tools = [.. tools] }, rows));
    }
}
