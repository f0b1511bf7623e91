using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy events</c>: what happens, as it happens, until Ctrl-C or the proxy's end.</summary>
sealed class EventsCommand() : ClientCommand("events", "Follow loads, reloads, unloads, failures and calls as they happen.")
{
    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> AskAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Events are followed, not asked for.");

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed) => throw new NotSupportedException("Events are followed, not asked for.");

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var stream = await proxy.OpenEventsAsync("/proxy/events", cancellationToken);
        try
        {
            await foreach (var told in SseParser.Create(stream).EnumerateAsync(cancellationToken))
                if (told.EventType != "open")
                    Console.WriteLine(WantsJson(parsed) ? $$"""{"event":"{{told.EventType}}","data":{{told.Data}}}""" : Line(told.EventType, JsonNode.Parse(told.Data)!.AsObject()));
        }
        catch (IOException)
        {
            await Console.Error.WriteLineAsync("The proxy has ended.");
        }
        return 0;
    }

    static string Line(string kind, JsonObject data) =>
        $"{data["at"]?.GetValue<DateTimeOffset>():HH:mm:ss.fff} {kind,-7} {data["plugin"]}{Part("added", data)}{Part("removed", data)}{Part("changed", data)}"
        + (data["error"] is { } error ? $": {error}" : data["elapsed_ms"] is { } elapsed ? $" in {elapsed} ms" : data["call"] is { } call ? $" {call.ToJsonString()}" : "");

    static string Part(string name, JsonObject data) => data[name] is JsonArray { Count: > 0 } names ? $", {name} {string.Join(" ", names)}" : "";
}
