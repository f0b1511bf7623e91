using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ModelContextProtocol.Client;

namespace McpScript.Benchmarks;

/// <summary>The built mcp-proxy as a process of its own, serving a temporary folder over HTTP with --watch.</summary>
sealed partial class ProxyUnderTest : IAsyncDisposable
{
    static readonly HttpClient Http = new();

    readonly Process _process;
    readonly List<string> _log = [];

    ProxyUnderTest(Process process, string folder) => (_process, Folder) = (process, folder);

    /// <summary>The plugin folder.</summary>
    public string Folder { get; }

    /// <summary>The MCP endpoint.</summary>
    public Uri Endpoint { get; private set; } = null!;

    Uri Management { get; set; } = null!;

    /// <summary>Resident memory in MiB (Linux).</summary>
    public double ResidentMiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static async Task<ProxyUnderTest> StartAsync(params (string Name, string Text)[] files)
    {
        var folder = Directory.CreateTempSubdirectory("mcpscript-bench-").FullName;
        foreach (var (name, text) in files)
            await File.WriteAllTextAsync(Path.Combine(folder, name), text);
        var proxy = new ProxyUnderTest(Process.Start(new ProcessStartInfo(Program(), ["serve", "--watch", "--http", "0", "--plugin-dir", folder])
        {
            RedirectStandardError = true,
        })!, folder);
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy._process.ErrorDataReceived += (_, line) => proxy.Heard(line.Data, ready);
        proxy._process.BeginErrorReadLine();
        var said = Ready().Match(await ready.Task.WaitAsync(TimeSpan.FromSeconds(60)));
        proxy.Endpoint = new(said.Groups["mcp"].Value);
        proxy.Management = new(said.Groups["management"].Value);
        return proxy;
    }

    /// <summary>A client of a given revision, or the newest.</summary>
    public Task<McpClient> ConnectAsync(string? era, Action<McpClientOptions>? configure = null)
    {
        var options = new McpClientOptions { ProtocolVersion = era };
        configure?.Invoke(options);
        return McpClient.CreateAsync(new HttpClientTransport(new() { Endpoint = Endpoint, TransportMode = HttpTransportMode.StreamableHttp }), options);
    }

    /// <summary>Load contexts that the proxy says are not yet collected.</summary>
    public async Task<int> LiveGenerationsAsync()
    {
        using var status = JsonDocument.Parse(await Http.GetStringAsync(new Uri(Management, "/proxy/status")));
        return status.RootElement.GetProperty("live_generations").GetInt32();
    }

    /// <summary>Saves a plugin file in place.</summary>
    public void Save(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>What it logged that is not information.</summary>
    public IReadOnlyList<string> Complaints()
    {
        lock (_log)
            return [.. _log.Where(line => line.Contains("] WARN") || line.Contains("] ERROR") || line.Contains("] CRIT"))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    void Heard(string? line, TaskCompletionSource<string> ready)
    {
        if (line is null)
            return;
        lock (_log)
            _log.Add(line);
        if (Ready().IsMatch(line))
            ready.TrySetResult(line);
    }

    // Beside our own output: artifacts/bin/McpScript.Benchmarks/<configuration>/ → artifacts/bin/McpScript.Proxy/<configuration>/.
    static string Program()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, "McpScript.Proxy", here.Name, OperatingSystem.IsWindows() ? "mcp-proxy.exe" : "mcp-proxy");
    }

    [GeneratedRegex(@"Proxy ready: .*?(?<mcp>http\S+/mcp), management (?<management>http[^,\s]+)")]
    private static partial Regex Ready();
}
