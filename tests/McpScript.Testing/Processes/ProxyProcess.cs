using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using ModelContextProtocol.Client;

namespace McpScript.Testing.Processes;

/// <summary>Process of the real mcp-proxy, with redirected stdin, stdout and stderr.</summary>
public sealed class ProxyProcess : IAsyncDisposable
{
    static readonly HttpClient Http = new();

    readonly Process _process;
    readonly Task _pipes;
    readonly List<McpClient> _clients = [];

    ProxyProcess(Process process, bool readsErrors)
    {
        _process = process;
        Output = new(beside: Errors);
        _pipes = Task.WhenAll(readsErrors ? Errors.ReadAsync(process.StandardError) : Task.CompletedTask, Output.ReadAsync(process.StandardOutput));
    }

    /// <summary>Lines written to stderr.</summary>
    public LineLog Errors { get; } = new();

    /// <summary>Lines written to stdout.</summary>
    public LineLog Output { get; }

    /// <summary>True until the process ends.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts mcp-proxy in a site.</summary>
    public static ProxyProcess Start(ProxySite site, params string[] arguments) => Start(site, BuiltProgram.Path, arguments);

    /// <summary>Starts another program, such as a shell, in a site.</summary>
    /// <param name="site">Working folder and environment.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="readsErrors">False to leave stderr unread, as some clients do.</param>
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
        // Tokens from the environment and from the command line.
        if (site.Environment.GetValueOrDefault("MCP_MGMT_TOKEN") is { } token)
            Secrets.Keep(token);
        if (Array.IndexOf(arguments, "--mgmt-token") is >= 0 and var at && at + 1 < arguments.Length)
            Secrets.Keep(arguments[at + 1]);
        return new(Process.Start(start)!, readsErrors);
    }

    /// <summary>Starts mcp-proxy and waits until it is ready.</summary>
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
            // The caller gets an exception and cannot dispose the process.
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the ready line.</summary>
    public async Task<ReadyLine> ReadyAsync() =>
        ReadyLine.Read(await Errors.WaitForAsync(line => ReadyLine.Read(line) is not null, "saying that it is ready"))!;

    /// <summary>Connects a client over HTTP; returns when it receives notifications.</summary>
    /// <param name="revision">Required protocol revision; null for the newest.</param>
    public async Task<McpClient> ConnectAsync(string? revision = null)
    {
        var handler = new ListeningHandler();
        var options = new HttpClientTransportOptions { Endpoint = (await ReadyAsync()).Mcp!, TransportMode = HttpTransportMode.StreamableHttp };
        var transport = new HttpClientTransport(options, new HttpClient(handler), ownsHttpClient: true);
        var client = await McpClient.CreateAsync(transport, new()
        {
            ProtocolVersion = revision,
            // By default the client treats a slow server as one without server/discover.
            DiscoverProbeTimeout = TestHost.Patience,
        }).WaitAsync(TestHost.Patience);
        _clients.Add(client);
        if (client.NegotiatedProtocolVersion != Era.Stateless)
            await handler.Listening;
        return client;
    }

    /// <summary>Sends a <c>GET</c> request to the management API.</summary>
    public async Task<HttpResponseMessage> GetManagementAsync(string path, string? token = null, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri((await ReadyAsync()).Management, path));
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        headers?.Invoke(request.Headers);
        return await Http.SendAsync(request).WaitAsync(TestHost.Patience);
    }

    /// <summary>Writes a line to stdin.</summary>
    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteAsync(line + "\n");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Returns true if the process has mapped a file whose name begins with a text (Linux).</summary>
    public async Task<bool> LoadsAsync(string file) => (await File.ReadAllTextAsync($"/proc/{_process.Id}/maps")).Contains($"/{file}");

    /// <summary>Closes stdin.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Sends a signal to the process.</summary>
    public void Send(Signal signal) => signal.Send(_process.Id);

    /// <summary>Waits until the process ends and all its output is read.</summary>
    /// <param name="patience">Time limit; null for <see cref="TestHost.Patience"/>.</param>
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
