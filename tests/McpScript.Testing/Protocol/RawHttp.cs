using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using McpScript.Testing.Processes;

namespace McpScript.Testing.Protocol;

/// <summary>A client without an SDK over Streamable HTTP: each message is a POST, whose response stream carries the messages.</summary>
public sealed class RawHttp : RawClient
{
    readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TestHost.Patience };
    readonly Uri _url;

    RawHttp(Uri url, string revision) : base(revision) => _url = url;

    /// <summary>Session id; null without a session.</summary>
    public string? Session { get; private set; }

    /// <summary>Connects.</summary>
    public static async Task<RawHttp> ConnectAsync(Uri url, string revision)
    {
        var client = new RawHttp(url, revision);
        await client.OpenAsync();
        return client;
    }

    /// <summary>Creates a client that has not initialized.</summary>
    /// <param name="url">The endpoint.</param>
    /// <param name="header">Protocol revision in the header of its requests; null for none.</param>
    public static RawHttp Unconnected(Uri url, string? header)
    {
        var client = new RawHttp(url, Era.Sessions);
        if (header is { Length: > 0 })
            client._http.DefaultRequestHeaders.Add("MCP-Protocol-Version", header);
        return client;
    }

    /// <summary>Opens the GET stream of a session and returns the messages on it, which belong to no request.</summary>
    public async IAsyncEnumerable<JsonObject> ListenAsync()
    {
        using var request = Request(HttpMethod.Get);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await foreach (var message in EventsAsync(response))
            yield return message;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return default;
    }

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<JsonObject> SendAsync(JsonObject message)
    {
        using var request = Request(HttpMethod.Post);
        request.Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json");
        if (!HasSession)
            AddRouting(request, message);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.Headers.TryGetValues("Mcp-Session-Id", out var session))
            Session = session.Single();
        if (message["id"] is null)
            yield break;
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            yield return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
            yield break;
        }
        await foreach (var received in EventsAsync(response))
            yield return received;
    }

    static void AddRouting(HttpRequestMessage request, JsonObject message)
    {
        request.Headers.Add("Mcp-Method", (string)message["method"]!);
        if (message["params"] is JsonObject named && (named["name"] ?? named["uri"]) is { } name)
            request.Headers.Add("Mcp-Name", name.ToString());
    }

    static async IAsyncEnumerable<JsonObject> EventsAsync(HttpResponseMessage response)
    {
        // An event without data only carries an id.
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
            if (item.Data.Length > 0)
                yield return JsonNode.Parse(item.Data)!.AsObject();
    }

    HttpRequestMessage Request(HttpMethod method)
    {
        var request = new HttpRequestMessage(method, _url);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (method == HttpMethod.Post)
            request.Headers.Accept.ParseAdd("application/json");
        if (Session is not null || !HasSession)
            request.Headers.Add("MCP-Protocol-Version", Revision);
        if (Session is not null)
            request.Headers.Add("Mcp-Session-Id", Session);
        return request;
    }
}
