using System.CommandLine;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy logs</c>: the last lines of the proxy's log.</summary>
sealed class LogsCommand : ManagementCommand
{
    readonly Option<int> _tail = new("--tail", "-n") { Description = "Number of lines, up to 1000.", DefaultValueFactory = _ => 100, HelpName = "N" };

    public LogsCommand() : base("logs", "Show the last lines of a running proxy's log.") => Options.Add(_tail);

    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        proxy.GetAsync($"/proxy/logs?tail={parsed.GetValue(_tail)}", cancellationToken);

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed)
    {
        foreach (var line in Texts(body["lines"]))
            Console.WriteLine(line);
    }
}
