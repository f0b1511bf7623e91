using System.Net.Http.Headers;
using System.Text;

namespace McpScript.Benchmarks;

/// <summary>Calls of one tool over stateless HTTP with as little work in the client as possible, so that the server is measured and not the client.</summary>
sealed class RawCalls : IDisposable
{
    const string Revision = "2026-07-28";

    readonly HttpClient _http = new();
    readonly string _tool;
    readonly byte[] _body;

    public RawCalls(string tool, string arguments)
    {
        _tool = tool;
        _body = Encoding.UTF8.GetBytes(
            $$$"""
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}},
            "_meta":{"io.modelcontextprotocol/protocolVersion":"{{{Revision}}}","io.modelcontextprotocol/clientCapabilities":{} } } }
            """);
    }

    /// <summary>Makes a number of calls by concurrent callers, each of which waits for its response before the next call.</summary>
    /// <exception cref="HttpRequestException">A call returned an error.</exception>
    public Task RunAsync(Uri endpoint, int calls, int callers, CancellationToken cancellationToken)
    {
        var left = calls;
        return Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await CallAsync(endpoint, cancellationToken);
        }, cancellationToken)));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    async Task CallAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(_body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Add("MCP-Protocol-Version", Revision);
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", _tool);
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (answer.AsSpan().IndexOf("\"result\""u8) < 0)
            throw new HttpRequestException($"Not a result: {Encoding.UTF8.GetString(answer)}");
    }
}
