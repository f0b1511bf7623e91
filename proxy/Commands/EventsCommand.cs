using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy events</c>: follows the events of a running proxy until Ctrl-C or the end of the proxy.</summary>
sealed class EventsCommand() : ManagementCommand("events", "Follow loads, reloads, unloads, failures and calls as they happen.")
{
    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The command reads a stream of events instead.");

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed) =>
        throw new NotSupportedException("The command reads a stream of events instead.");

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var stream = await proxy.OpenEventsAsync("/proxy/events", cancellationToken);
        try
        {
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
                if (item.EventType != "open")
                    Console.WriteLine(WantsJson(parsed)
                        ? $$"""{"event":"{{item.EventType}}","data":{{item.Data}}}"""
                        : Line(item.EventType, JsonNode.Parse(item.Data)!.AsObject()));
        }
        catch (IOException)
        {
            await Console.Error.WriteLineAsync("The proxy has ended.");
        }
        return 0;
    }

    static string Line(string kind, JsonObject data) =>
        $"{data["at"]?.GetValue<DateTimeOffset>():HH:mm:ss.fff} {kind,-7} {data["plugin"]}{Part("added", data)}{Part("removed", data)}{Part("changed", data)}"
        + (data["error"] is { } error ? $": {error}"
            : data["elapsed_ms"] is { } elapsed ? $" in {elapsed} ms"
            : data["call"] is { } call ? $" {call.ToJsonString()}"
            : "");

    static string Part(string name, JsonObject data) => data[name] is JsonArray { Count: > 0 } names ? $", {name} {string.Join(" ", names)}" : "";
}
