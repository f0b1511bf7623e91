using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpScript.Framework.Tests.Http;

/// <summary>Requests as a client without an SDK writes them.</summary>
static class Raw
{
    public const string Stateless = "2026-07-28";

    /// <summary>The metadata of every request of the stateless era.</summary>
    public const string Meta = """ "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}} """;

    /// <summary>A client that may send header values beyond ASCII, and hangs up at once: by default it reads on from an abandoned stream for 2 s.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler
    {
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        ResponseDrainTimeout = TimeSpan.Zero,
    })
    { Timeout = Door.Patience };

    public static HttpRequestMessage Post(this IServerAddress host, string body, params (string Name, string Value)[] headers) =>
        host.Request(HttpMethod.Post, new StringContent(body, Encoding.UTF8), headers);

    public static HttpRequestMessage Request(this IServerAddress host, HttpMethod method, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, host.Url) { Content = content };
        if (content is not null)
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in headers)
        {
            if (name is "Content-Type")
            {
                content!.Headers.Remove(name);
                if (value.Length > 0)
                    content.Headers.TryAddWithoutValidation(name, value);
                continue;
            }
            request.Headers.Remove(name);
            if (value.Length > 0)
                request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    public static async Task<Answer> SendAsync(this IServerAddress host, HttpRequestMessage request)
    {
        using var response = await host.Http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Opens a session; its id.</summary>
    public static async Task<string> InitializeAsync(this IServerAddress host, string version = "2025-06-18", params (string Name, string Value)[] headers)
    {
        var answer = await host.SendAsync(host.Post(Initialize(version), headers));
        Assert.Equal(200, answer.Status);
        var session = answer.Header("Mcp-Session-Id")!;
        var initialized = await host.SendAsync(
            host.Post("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", [("Mcp-Session-Id", session), .. headers]));
        Assert.Equal(202, initialized.Status);
        return session;
    }

    public static string Initialize(string version) => $$$"""
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"{{{version}}}","capabilities":{"elicitation":{}},
        "clientInfo":{"name":"raw","version":"1"}} }
        """;

    public static string Call(string tool, int id = 2, string arguments = "{}", string more = "") =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}{{{more}}}}}""";

    /// <summary>A call of the stateless era, with its headers.</summary>
    public static HttpRequestMessage StatelessCall(
        this IServerAddress host, string tool, string arguments = "{}", params (string Name, string Value)[] headers) =>
        host.Post(Call(tool, 2, arguments, "," + Meta), [("MCP-Protocol-Version", Stateless), ("Mcp-Method", "tools/call"), ("Mcp-Name", tool), .. headers]);

    /// <summary>Sends a request whose answer is a stream, and reads on as the test says.</summary>
    public static async Task<EventReader> OpenAsync(this IServerAddress host, HttpRequestMessage request)
    {
        var response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    public static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Not JSON: the caller sees null.
            return null;
        }
    }
}
