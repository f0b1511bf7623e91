using System.CommandLine;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy commands</c>: the management commands that plugins offer.</summary>
sealed class CommandsCommand() : ManagementCommand("commands", "List the management commands that plugins offer.")
{
    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        proxy.GetAsync("/proxy/commands", cancellationToken);

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed)
    {
        var commands = (JsonArray)body["details"]!;
        if (commands.Count == 0)
            Console.WriteLine("(no commands)");
        else if (IsTerminal)
            Table(["Command", "Plugin", "Description"],
                commands.Select(command => new[] { $"{command!["name"]}", $"{command["plugin"]}", $"{command["description"]}" }));
        else
            foreach (var command in commands)
                Console.WriteLine($"  {command!["name"]} — {command["description"]} ({command["plugin"]})");
    }
}
