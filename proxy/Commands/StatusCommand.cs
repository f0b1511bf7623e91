using System.CommandLine;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy status</c>: loaded plugins, failures, and plugins that are still unloading.</summary>
sealed class StatusCommand() : ManagementCommand("status", "Show what a running proxy has loaded.")
{
    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        proxy.GetAsync("/proxy/status", cancellationToken);

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed)
    {
        var plugins = (JsonObject)body["plugins"]!;
        Console.WriteLine($"Plugins: {body["total_plugins"]}, Tools: {body["total_tools"]}");
        if (IsTerminal)
            Table(["Plugin", "State", "Gen.", "Source", "Tools"], plugins.Select(plugin => new[]
            {
                plugin.Key,
                plugin.Value!["state"]!.GetValue<string>(),
                plugin.Value["generation"]!.ToString(),
                plugin.Value["source"]?.GetValue<string>() ?? "",
                Short(plugin.Value),
            }));
        else
            foreach (var (name, plugin) in plugins)
            {
                var state = plugin!["state"]!.GetValue<string>();
                Console.WriteLine($"  {name}: {(state == "live" ? Short(plugin) : $"[{state}] {Short(plugin)}".TrimEnd())}");
            }
        foreach (var (name, plugin) in plugins)
            foreach (var problem in plugin!["problems"] as JsonArray ?? [])
                Console.WriteLine($"  {name} failed to {plugin["stage"]}: {Place(problem!)}{problem!["message"]}");
        foreach (var retired in (JsonArray)body["retired"]!)
            if (retired!["detail"]!.GetValue<string>() is { Length: > 0 } detail)
                Console.WriteLine($"  {retired["plugin"]} #{retired["generation"]}: {detail}");
    }

    static string Short(JsonNode plugin)
    {
        var tools = Texts(plugin["tools"]);
        return string.Join(", ", tools.Take(5)) + (tools.Count > 5 ? $" (+{tools.Count - 5} more)" : "");
    }

    static string Place(JsonNode problem)
    {
        var position = problem["line"] is { } line ? $"({line},{problem["column"]})" : "";
        return problem["file"] is { } file ? $"{file}{position}: " : "";
    }
}
