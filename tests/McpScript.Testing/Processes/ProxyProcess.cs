using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using ModelContextProtocol.Client;

namespace McpScript.Testing.Processes;

/// <summary>The real mcp-proxy as a process of its own, with its pipes in the test's hands.</summary>
public sealed class ProxyProcess : IAsyncDisposable
{
    static readonly HttpClient s_http = new();

    readonly Process _process;
    readonly Task _pipes;
    readonly List<McpClient> _clients = [];

    ProxyProcess(Process process, bool readsErrors)
    {
        _process = process;
        Output = new(beside: Errors);
        _pipes = Task.WhenAll(readsErrors ? Errors.ReadAsync(process.StandardError) : Task.CompletedTask, Output.ReadAsync(process.StandardOutput));
    }

    /// <summary>What it writes to stderr.</summary>
    public LineLog Errors { get; } = new();

    /// <summary>What it writes to stdout.</summary>
    public LineLog Output { get; }

    /// <summary>True until it ends.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts it in a site.</summary>
    public static ProxyProcess Start(ProxySite site, params string[] arguments) => Start(site, BuiltProgram.Path, arguments);

    /// <summary>Starts it by another program, such as a shell.</summary>
    /// <param name="site">Where.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="readsErrors">False leaves its stderr unread, as some clients do.</param>
    public static ProxyProcess Start(ProxySite site, string program, string[] arguments, bool readsErrors = true)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = site.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        start.Environment.Clear();
        foreach (var (name, value) in site.Environment)
            start.Environment[name] = value;
        // The tokens that it is given, one way or the other.
        if (site.Environment.GetValueOrDefault("MCP_MGMT_TOKEN") is { } token)
            Secrets.Keep(token);
        if (Array.IndexOf(arguments, "--mgmt-token") is >= 0 and var at && at + 1 < arguments.Length)
            Secrets.Keep(arguments[at + 1]);
        return new(Process.Start(start)!, readsErrors);
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ProxyProcess> StartReadyAsync(ProxySite site, params string[] arguments)
    {
        var proxy = Start(site, arguments);
        try
        {
            await proxy.ReadyAsync();
            return proxy;
        }
        catch
        {
            // Who asked for it gets an error instead, and nothing to end it with.
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task<ReadyLine> ReadyAsync() => ReadyLine.Read(await Errors.WaitForAsync(line => ReadyLine.Read(line) is not null, "saying that it is ready"))!;

    /// <summary>Connects a client over HTTP; from then on it hears what the server tells it.</summary>
    /// <param name="revision">A protocol revision to insist on; null lets the client choose.</param>
    public async Task<McpClient> ConnectAsync(string? revision = null)
    {
        var handler = new ListeningHandler();
        var options = new HttpClientTransportOptions { Endpoint = (await ReadyAsync()).Mcp!, TransportMode = HttpTransportMode.StreamableHttp };
        var transport = new HttpClientTransport(options, new HttpClient(handler), ownsHttpClient: true);
        var client = await McpClient.CreateAsync(transport, new()
        {
            ProtocolVersion = revision,
            // By default it takes a server that is slow for an old one.
            DiscoverProbeTimeout = TestHost.Patience,
        }).WaitAsync(TestHost.Patience);
        _clients.Add(client);
        if (client.NegotiatedProtocolVersion != Era.Stateless)
            await handler.Listening;
        return client;
    }

    /// <summary>Asks the management API, <c>GET</c>.</summary>
    public async Task<HttpResponseMessage> AskManagementAsync(string path, string? token = null, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri((await ReadyAsync()).Management, path));
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        headers?.Invoke(request.Headers);
        return await s_http.SendAsync(request).WaitAsync(TestHost.Patience);
    }

    /// <summary>Writes a line to its stdin.</summary>
    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteAsync(line + "\n");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Whether it has loaded a file whose name begins so (Linux).</summary>
    public async Task<bool> LoadsAsync(string file) => (await File.ReadAllTextAsync($"/proc/{_process.Id}/maps")).Contains($"/{file}");

    /// <summary>Closes its stdin.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Sends it a signal.</summary>
    public void Send(Signal signal) => signal.Send(_process.Id);

    /// <summary>Waits for its end, and for the last of what it wrote.</summary>
    /// <param name="patience">How long; null for what anything may take.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan? patience = null)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(patience ?? TestHost.Patience);
            await _pipes.WaitAsync(TestHost.Patience);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"mcp-proxy has not ended. It wrote:\n{Errors.Text}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Secrets.Search(Errors.Lines, "what a program wrote to stderr");
        Secrets.Search(Output.Lines, "what a program wrote to stdout");
    }
}
