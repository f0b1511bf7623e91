using System.CommandLine;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy tools</c>: the names of the loaded tools.</summary>
sealed class ToolsCommand : ManagementCommand
{
    readonly Option<bool> _dynamic = new("--dynamic") { Description = "Only tools that were loaded after start-up." };

    public ToolsCommand() : base("tools", "List the tools that are loaded.") => Options.Add(_dynamic);

    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        proxy.GetAsync($"/proxy/tools?dynamic_only={(parsed.GetValue(_dynamic) ? "true" : "false")}", cancellationToken);

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed)
    {
        var tools = Texts(body["tools"]);
        Console.WriteLine(tools.Count > 0 ? string.Join('\n', tools) : parsed.GetValue(_dynamic) ? "(no dynamic tools loaded)" : "(no tools loaded)");
    }
}
