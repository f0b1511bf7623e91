using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.FileSystem;
using McpScript.Hosting;

namespace McpScript.Proxy.Commands;

/// <summary>Talks to the management API of a running proxy on this machine.</summary>
sealed class ManagementClient : IDisposable
{
    readonly HttpClient _http;
    readonly int _port;

    // 12299, which nothing said: a proxy of another user, or in another home, may be there.
    bool _isGuessed;

    ManagementClient(int port, string? token, TimeSpan? timeout = null)
    {
        _port = port;
        // Never through a proxy of the environment's: it is this machine's own loopback.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = timeout ?? TimeSpan.FromSeconds(100) };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    const int DefaultPort = 12299;

    /// <summary>A client for the port that was said, else for the one proxy that is running.</summary>
    /// <exception cref="CommandException">Several are running, or one that this user may not reach.</exception>
    public static ManagementClient Connect(int? port, string? token)
    {
        token ??= TokenOfEnvironment();
        var running = RunFile.Find(ProcessEnvironment.Home());
        if (port is { } said)
            return new(said, token ?? running.FirstOrDefault(proxy => proxy.ManagementPort == said)?.ManagementToken);
        return running switch
        {
            [] when RunFile.FindClosed() is [var pid, ..] => throw new CommandException(
                $"A proxy runs as a service (process {pid}), and only its own user and root may read how to reach it. Run this command with sudo, or name its management port with --mgmt-port and its token with --token."),
            [] => new(DefaultPort, token) { _isGuessed = true },
            [var one] => new(one.ManagementPort, token ?? one.ManagementToken),
            _ => throw Several(running),
        };
    }

    /// <summary>A client for the proxy that has the packages of a plugin folder; null if none has, so that the folder is nobody's.</summary>
    /// <param name="port">The port that was said.</param>
    /// <param name="token">The token that was said.</param>
    /// <param name="folder">The plugin folder that was said, or that is here; null if there is none, and then any proxy will do.</param>
    /// <exception cref="CommandException">Several would do.</exception>
    public static ManagementClient? ConnectFor(int? port, string? token, string? folder)
    {
        // Fetching packages over a slow line takes its time.
        var patience = TimeSpan.FromMinutes(10);
        token ??= TokenOfEnvironment();
        var running = RunFile.Find(ProcessEnvironment.Home());
        if (port is { } said)
            return new(said, token ?? running.FirstOrDefault(proxy => proxy.ManagementPort == said)?.ManagementToken, patience);
        var fitting = running.Where(proxy => folder is null || (proxy.PluginDirs is [var first, ..] && first == folder)).ToList();
        return fitting switch
        {
            [] => null,
            [var one] => new(one.ManagementPort, token ?? one.ManagementToken, patience),
            _ => throw Several(fitting),
        };
    }

    /// <summary>Asks; the answer may be a refusal, which is in its body.</summary>
    public Task<(JsonObject Body, bool Ok)> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(new(HttpMethod.Get, path), cancellationToken);

    /// <summary>Asks for a change.</summary>
    public Task<(JsonObject Body, bool Ok)> PostAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, cancellationToken);

    /// <summary>Asks for something to be taken away.</summary>
    public Task<(JsonObject Body, bool Ok)> DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(new(HttpMethod.Delete, path), cancellationToken);

    /// <summary>Opens a stream of server-sent events.</summary>
    public async Task<Stream> OpenEventsAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _http.SendAsync(new(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                throw Unauthorized();
            return await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw Unreachable();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    async Task<(JsonObject Body, bool Ok)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                throw Unauthorized();
            return (await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken) ?? [], response.IsSuccessStatusCode);
        }
        catch (HttpRequestException)
        {
            throw Unreachable();
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"The management API on port {_port} did not answer within {_http.Timeout.TotalSeconds:0} s. The proxy may be busy; its log says with what.");
        }
        catch (JsonException)
        {
            throw new CommandException($"What answers on port {_port} is not the management API of mcp-proxy.");
        }
    }

    static string? TokenOfEnvironment() => Environment.GetEnvironmentVariable("MCP_MGMT_TOKEN") is { Length: > 0 } token ? token : null;

    static CommandException Several(IEnumerable<RunningProxy> running) => new(
        $"Several proxies are running. Choose one with --mgmt-port:\n{string.Join('\n', running.Select(proxy => $"  --mgmt-port {proxy.ManagementPort}   pid {proxy.Pid}, {proxy.Transport}, started in {proxy.Folder}"))}");

    CommandException Unreachable() => new(_isGuessed ? "No running proxy was found. Start one with 'mcp-proxy serve', or name its management port with --mgmt-port." : $"Cannot connect to management API on port {_port}. Is the proxy running?");

    static CommandException Unauthorized() => new("Error: unauthorized — provide --token or set MCP_MGMT_TOKEN");
}
