using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

/// <summary>Lines of the protocol, for specs that write to the program's stdin by hand.</summary>
static class Wire
{
    /// <summary>Opens a session.</summary>
    public const string Initialize =
        """{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":"""
            + """{"name":"spec","version":"1"}}}""";

    /// <summary>Says that the session is open.</summary>
    public const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    /// <summary>Calls a tool without arguments in a session.</summary>
    public static string Call(string id, string tool) => $$$"""{"jsonrpc":"2.0","id":"{{{id}}}","method":"tools/call","params":{"name":"{{{tool}}}"}}""";

    /// <summary>Calls a tool without arguments and without a session.</summary>
    public static string StatelessCall(string id, string tool) =>
        $$$$"""{"jsonrpc":"2.0","id":"{{{{id}}}}","method":"tools/call","params":{"name":"{{{{tool}}}}","_meta":"""
            + $$$$"""{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{} } } }""";

    /// <summary>Subscribes, without a session, to changes of the tools.</summary>
    public const string Listen =
        """{"jsonrpc":"2.0","id":"listen","method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},"_meta":"""
            + """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""";

    /// <summary>Opens a session with a program.</summary>
    public static async Task InitializeAsync(this ProxyProcess proxy)
    {
        await proxy.WriteLineAsync(Initialize);
        await proxy.AnswerAsync("init");
        await proxy.WriteLineAsync(Initialized);
    }

    /// <summary>Calls a tool and waits for the answer's text.</summary>
    public static async Task<string> CallAsync(this ProxyProcess proxy, string id, string tool)
    {
        await proxy.WriteLineAsync(Call(id, tool));
        return await proxy.AnswerAsync(id);
    }

    /// <summary>Waits for the answer to a request.</summary>
    /// <returns>The text of a tool's answer; else all of it.</returns>
    public static async Task<string> AnswerAsync(this ProxyProcess proxy, string id)
    {
        var line = JsonNode.Parse(await proxy.Output.WaitForAsync(line => IdOf(line) == id, $"an answer to '{id}'"))!;
        return line["result"]?["content"]?[0]?["text"]?.GetValue<string>() ?? line.ToJsonString();
    }

    /// <summary>Whether a line is a message of the protocol.</summary>
    public static bool IsMessage(string line) => Parse(line) is JsonObject message && message["jsonrpc"]?.GetValue<string>() == "2.0";

    static string? IdOf(string line) => (Parse(line) as JsonObject)?["id"] is JsonValue id && id.TryGetValue<string>(out var text) ? text : null;

    static JsonNode? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line);
        }
        catch (JsonException)
        {
            // Not a message then; that is the question.
            return null;
        }
    }
}
