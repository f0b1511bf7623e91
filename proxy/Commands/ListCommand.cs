using System.CommandLine;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy list</c>: the plugins in the plugin folders.</summary>
sealed class ListCommand() : ManagementCommand("list", "List the plugins in the plugin folders, loaded or not.")
{
    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        proxy.GetAsync("/proxy/available", cancellationToken);

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed)
    {
        var entries = (JsonArray)body["available"]!;
        if (entries.Count == 0)
            Console.WriteLine("(no plugins found in plugin directories)");
        else if (IsTerminal)
            Table(["Plugin", "State", "Source", "Description"], entries.Select(entry => new[]
            {
                entry!["name"]!.GetValue<string>(), State(entry), entry["source"]!.GetValue<string>(), entry["description"]?.GetValue<string>() ?? "",
            }));
        else
            foreach (var entry in entries)
                Console.WriteLine(Line(entry!));
    }

    static string Line(JsonNode entry)
    {
        var state = State(entry) is { Length: > 0 } known ? $" ({known})" : "";
        return $"  {entry["name"]}{state}{(entry["description"] is { } description ? $" — {description}" : "")}";
    }

    static string State(JsonNode entry) => (entry["loaded"]!.GetValue<bool>(), entry["failed"]!.GetValue<bool>()) switch
    {
        (true, true) => "loaded, last reload failed",
        (true, _) => "loaded",
        (_, true) => "failed",
        _ => "",
    };
}
