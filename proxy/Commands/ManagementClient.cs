using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.FileSystem;
using McpScript.Hosting;

namespace McpScript.Proxy.Commands;

/// <summary>Client of the management API of a running proxy on this machine.</summary>
sealed class ManagementClient : IDisposable
{
    readonly HttpClient _http;
    readonly int _port;

    // The default port was not requested: it may belong to a proxy of another user or another home folder.
    bool _isGuessed;

    ManagementClient(int port, string? token, TimeSpan? timeout = null)
    {
        _port = port;
        // HTTP_PROXY does not apply to the loopback interface.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = timeout ?? TimeSpan.FromSeconds(100),
        };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    const int DefaultPort = 12299;

    /// <summary>Connects to the requested port, or to the running proxy; without either, to port 12299.</summary>
    /// <param name="port">Port of the command line; null to find the running proxy.</param>
    /// <param name="token">Token of the command line; null for <c>MCP_MGMT_TOKEN</c> or the token of the running proxy.</param>
    /// <exception cref="CommandException">Several proxies are running, or one that this user may not access.</exception>
    public static ManagementClient Connect(int? port, string? token)
    {
        token ??= TokenOfEnvironment();
        var running = RunFile.Find(ProcessEnvironment.Home());
        if (port is { } requested)
            return new(requested, token ?? running.FirstOrDefault(proxy => proxy.ManagementPort == requested)?.ManagementToken);
        return running switch
        {
            [] when RunFile.FindClosed() is [var pid, ..] => throw new CommandException(
                $"A proxy runs as a service (process {pid}), and only its own user and root may read its port and token. "
                    + "Run this command with sudo, or name its management port with --mgmt-port and its token with --token."),
            [] => new(DefaultPort, token) { _isGuessed = true },
            [var one] => new(one.ManagementPort, token ?? one.ManagementToken),
            _ => throw Several(running),
        };
    }

    /// <summary>Connects to the proxy that manages the packages of a plugin folder; null if no proxy does.</summary>
    /// <param name="port">Port of the command line; null to find the proxy by its folder.</param>
    /// <param name="token">Token of the command line; null for <c>MCP_MGMT_TOKEN</c> or the token of the running proxy.</param>
    /// <param name="folder">The plugin folder; null for any proxy.</param>
    /// <exception cref="CommandException">Several proxies match.</exception>
    public static ManagementClient? ConnectFor(int? port, string? token, string? folder)
    {
        // Downloading packages over a slow connection may take minutes.
        var timeout = TimeSpan.FromMinutes(10);
        token ??= TokenOfEnvironment();
        var running = RunFile.Find(ProcessEnvironment.Home());
        if (port is { } requested)
            return new(requested, token ?? running.FirstOrDefault(proxy => proxy.ManagementPort == requested)?.ManagementToken, timeout);
        var matching = running.Where(proxy => folder is null || (proxy.PluginDirs is [var first, ..] && first == folder)).ToList();
        return matching switch
        {
            [] => null,
            [var one] => new(one.ManagementPort, token ?? one.ManagementToken, timeout),
            _ => throw Several(matching),
        };
    }

    /// <summary>Sends a GET request. For an error status, <c>Ok</c> is false and the body describes the error.</summary>
    public Task<(JsonObject Body, bool Ok)> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Get, path), cancellationToken);

    /// <summary>Sends a POST request.</summary>
    public Task<(JsonObject Body, bool Ok)> PostAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, cancellationToken);

    /// <summary>Sends a DELETE request.</summary>
    public Task<(JsonObject Body, bool Ok)> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Delete, path), cancellationToken);

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
            throw new CommandException(
                $"The management API on port {_port} did not answer within {_http.Timeout.TotalSeconds:0} s. The proxy may be busy: see its log.");
        }
        catch (JsonException)
        {
            throw new CommandException($"The server on port {_port} is not the management API of mcp-proxy.");
        }
    }

    static string? TokenOfEnvironment() => Environment.GetEnvironmentVariable("MCP_MGMT_TOKEN") is { Length: > 0 } token ? token : null;

    static CommandException Several(IEnumerable<RunningProxy> running)
    {
        var lines = running.Select(proxy => $"  --mgmt-port {proxy.ManagementPort}   pid {proxy.Pid}, {proxy.Transport}, started in {proxy.Folder}");
        return new($"Several proxies are running. Choose one with --mgmt-port:\n{string.Join('\n', lines)}");
    }

    CommandException Unreachable() => new(_isGuessed
        ? "No running proxy was found. Start one with 'mcp-proxy serve', or name its management port with --mgmt-port."
        : $"Cannot connect to management API on port {_port}. Is the proxy running?");

    static CommandException Unauthorized() => new("Error: unauthorized — provide --token or set MCP_MGMT_TOKEN");
}
