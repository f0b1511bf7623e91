using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using McpScript.Http.Authentication;
using McpScript.Http.Endpoint;
using McpScript.Http.Hosting;
using McpScript.Testing.Processes;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace McpScript.Testing.OAuth;

/// <summary>The real MCP endpoint with token validation in front of a test host's server; its public URL is <see cref="PublicUrl"/>.</summary>
public sealed class TokenMcp : IAsyncDisposable
{
    /// <summary>Public URL: the resource for which clients request tokens.</summary>
    public static readonly Uri PublicUrl = new("https://mcp.example/mcp");

    const string Initialize =
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"spec","version":"1"}}}
        """;

    static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    readonly Listener _listener;
    readonly McpEndpoint _endpoint;
    readonly List<McpClient> _clients = [];

    TokenMcp(Listener listener, McpEndpoint endpoint) => (_listener, _endpoint) = (listener, endpoint);

    /// <summary>URL for clients.</summary>
    public Uri Url => new($"http://127.0.0.1:{_listener.Port}/mcp");

    /// <summary>Opens the endpoint. Dispose it before the test host.</summary>
    /// <param name="host">The server behind it.</param>
    /// <param name="authorizationServer">Authorization server that introspects the tokens.</param>
    /// <param name="time">Clock for token validation; null for the system clock.</param>
    /// <param name="change">Changes the settings of the resource server.</param>
    internal static async Task<TokenMcp> StartAsync(
        TestHost host, Uri authorizationServer, TimeProvider? time = null, Func<ResourceServer, ResourceServer>? change = null)
    {
        var resource = new ResourceServer
        {
            AuthorizationServer = authorizationServer,
            PublicUrl = PublicUrl,
            IntrospectionUrl = new(authorizationServer, "/introspect"),
            Audience = PublicUrl.OriginalString,
            ClientId = OAuthServer.ResourceId,
            ClientSecret = OAuthServer.ResourceSecret,
        };
        McpEndpoint? endpoint = null;
        var loggers = LoggerFactory.Create(builder => builder.AddProvider(host.Log).SetMinimumLevel(LogLevel.Trace));
        var options = new McpEndpointOptions { Servers = host.Server.Servers };
        var listener = await Listener.StartAsync("MCP", "127.0.0.1", 0, app =>
            {
                app.UseResourceServer(options.Access);
                endpoint = app.MapMcpWithTokens(options);
            }, loggers, TimeSpan.FromSeconds(2),
            services => services.AddResourceServer(change?.Invoke(resource) ?? resource, time ?? TimeProvider.System));
        return new(listener, endpoint!);
    }

    /// <summary>Sends a request, by default one that opens a session, with or without an Authorization header.</summary>
    public Task<TokenAnswer> RequestAsync(string? authorization, HttpMethod? method = null, string path = "/mcp", Action<HttpRequestHeaders>? headers = null) =>
        SendAsync(new(Url, path), authorization, method ?? HttpMethod.Post, headers);

    /// <summary>Sends a request that opens a session, with a token.</summary>
    public Task<TokenAnswer> WithAsync(string token) => RequestAsync($"Bearer {Secrets.Keep(token)}");

    /// <summary>Connects a client with a token.</summary>
    public async Task<McpClient> ConnectAsync(string token, string? revision = null, Action<McpClientOptions>? configure = null)
    {
        var transport = new HttpClientTransport(new()
        {
            Endpoint = Url,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
        });
        var options = new McpClientOptions { ProtocolVersion = revision, DiscoverProbeTimeout = TestHost.Patience };
        configure?.Invoke(options);
        var client = await McpClient.CreateAsync(transport, options).WaitAsync(TestHost.Patience);
        _clients.Add(client);
        return client;
    }

    /// <summary>Calls a tool in one stateless request.</summary>
    /// <param name="token">The token.</param>
    /// <param name="parameters">The request's params as JSON, without <c>_meta</c>.</param>
    /// <returns>The JSON-RPC response.</returns>
    public async Task<JsonNode> CallStatelessAsync(string token, string parameters)
    {
        var call = JsonNode.Parse(parameters)!.AsObject();
        call["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = Era.Stateless,
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject { ["elicitation"] = new JsonObject() },
        };
        var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = "tools/call", ["params"] = call };
        var answer = await SendAsync(Url, $"Bearer {token}", HttpMethod.Post, headers =>
        {
            headers.Add("MCP-Protocol-Version", Era.Stateless);
            headers.Add("Mcp-Method", "tools/call");
            headers.Add("Mcp-Name", (string)call["name"]!);
        }, body.ToJsonString());
        var data = answer.Text.Split('\n').LastOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal));
        return JsonNode.Parse(data is null ? answer.Text : data["data: ".Length..])!;
    }

    /// <summary>Sends any request. By default a POST opens a session.</summary>
    public static async Task<TokenAnswer> SendAsync(
        Uri url, string? authorization, HttpMethod method, Action<HttpRequestHeaders>? headers = null, string body = Initialize)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        headers?.Invoke(request.Headers);
        if (method == HttpMethod.Post)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request).WaitAsync(TestHost.Patience);
        var text = await response.Content.ReadAsStringAsync().WaitAsync(TestHost.Patience);
        return new((int)response.StatusCode, text, response.Headers.WwwAuthenticate.ToString(), response.Headers);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await _endpoint.DrainAsync(TimeSpan.Zero);
        await _listener.StopAsync();
        await _listener.DisposeAsync();
    }
}
