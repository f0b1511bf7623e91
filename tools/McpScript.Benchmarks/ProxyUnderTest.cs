using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ModelContextProtocol.Client;

namespace McpScript.Benchmarks;

/// <summary>Process of the built mcp-proxy that serves a temporary folder over HTTP with --watch.</summary>
sealed partial class ProxyUnderTest : IAsyncDisposable
{
    static readonly HttpClient Http = new();

    Process _process = null!;
    readonly List<string> _log = [];
    readonly string _top;

    ProxyUnderTest(string top) => (_top, Folder) = (top, Path.Combine(top, "plugins"));

    /// <summary>
    /// Path of the program; by default the build of the same configuration: artifacts/bin/McpScript.Proxy/&lt;configuration&gt;/mcp-proxy.
    /// </summary>
    public static string Program { get; set; } = Built();

    /// <summary>The plugin folder.</summary>
    public string Folder { get; }

    /// <summary>Path of the tool-call log.</summary>
    public string CallLog => Path.Combine(_top, ".mcp_proxy", "logs", "tool_calls.jsonl");

    /// <summary>The MCP endpoint.</summary>
    public Uri Endpoint { get; private set; } = null!;

    Uri Management { get; set; } = null!;

    Uri Health { get; set; } = null!;

    /// <summary>Resident memory in MiB (Linux).</summary>
    public double ResidentMiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Reads the resources of the process (Linux).</summary>
    public Footprint Footprint() => Benchmarks.Footprint.Of(_process.Id);

    /// <summary>Processor time used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a proxy on plugin files and waits until it is ready.</summary>
    public static Task<ProxyUnderTest> StartAsync(params (string Name, string Text)[] files) => StartWithAsync("", files);

    /// <summary>Starts a proxy with a configuration and plugin files, in its own home folder, and waits until it is ready; at most 5 minutes.</summary>
    public static async Task<ProxyUnderTest> StartWithAsync(string yaml, params (string Name, string Text)[] files)
    {
        var top = Directory.CreateTempSubdirectory("mcpscript-bench-").FullName;
        var folder = Directory.CreateDirectory(Path.Combine(top, "plugins")).FullName;
        foreach (var (name, text) in files)
            await File.WriteAllTextAsync(Path.Combine(folder, name), text);
        var config = Path.Combine(top, "config.yaml");
        await File.WriteAllTextAsync(config, yaml);
        var proxy = new ProxyUnderTest(top);
        await proxy.StartAsync();
        return proxy;
    }

    /// <summary>Kills the process and starts it again with the same plugin folder and home.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        _process.Dispose();
        await StartAsync();
    }

    async Task StartAsync()
    {
        string[] arguments = ["serve", "--watch", "--http", "0", "--plugin-dir", Folder, "--config", Path.Combine(_top, "config.yaml")];
        _process = Process.Start(new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardError = true,
            // The home folder of the user must not be changed.
            Environment = { ["HOME"] = _top },
        })!;
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data, ready);
        _process.BeginErrorReadLine();
        var said = Ready().Match(await ready.Task.WaitAsync(TimeSpan.FromMinutes(5)));
        Endpoint = new(said.Groups["mcp"].Value);
        Management = new(said.Groups["management"].Value);
        Health = new(said.Groups["health"].Value);
    }

    /// <summary>Reloads a plugin through the management API.</summary>
    public async Task ReloadAsync(string plugin, CancellationToken cancellationToken)
    {
        using var response = await Http.PostAsync(new Uri(Management, "/proxy/reload"), JsonContent.Create(new { plugin }), cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Kills the process, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Connects a client of a protocol revision; null for the newest.</summary>
    public Task<McpClient> ConnectAsync(string? era, Action<McpClientOptions>? configure = null)
    {
        var options = new McpClientOptions { ProtocolVersion = era };
        configure?.Invoke(options);
        return McpClient.CreateAsync(new HttpClientTransport(new() { Endpoint = Endpoint, TransportMode = HttpTransportMode.StreamableHttp }), options);
    }

    /// <summary>Returns the number of load contexts that are not collected yet.</summary>
    public async Task<int> LiveGenerationsAsync()
    {
        using var status = JsonDocument.Parse(await Http.GetStringAsync(new Uri(Management, "/proxy/status")));
        return status.RootElement.GetProperty("live_generations").GetInt32();
    }

    /// <summary>Returns the number of open sessions.</summary>
    public async Task<int> SessionsAsync()
    {
        using var detailed = JsonDocument.Parse(await Http.GetStringAsync(new Uri(Health, "/health/detailed")));
        return detailed.RootElement.GetProperty("sessions").GetInt32();
    }

    /// <summary>Saves a plugin file in place.</summary>
    public void Save(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>Deletes a plugin file.</summary>
    public void Delete(string name) => File.Delete(Path.Combine(Folder, name));

    /// <summary>Returns all lines of the log.</summary>
    public IReadOnlyList<string> Lines()
    {
        lock (_log)
            return [.. _log];
    }

    /// <summary>Returns the lines of the log at level warning and above.</summary>
    public IReadOnlyList<string> Warnings()
    {
        lock (_log)
            return [.. _log.Where(line => line.Contains("] WARN") || line.Contains("] ERROR") || line.Contains("] CRIT"))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        Directory.Delete(_top, recursive: true);
    }

    void OnLine(string? line, TaskCompletionSource<string> ready)
    {
        if (line is null)
            return;
        lock (_log)
            _log.Add(line);
        if (Ready().IsMatch(line))
            ready.TrySetResult(line);
    }

    static string Built()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, "McpScript.Proxy", here.Name, OperatingSystem.IsWindows() ? "mcp-proxy.exe" : "mcp-proxy");
    }

    [GeneratedRegex(@"Proxy ready: .*?(?<mcp>http\S+/mcp), management (?<management>http[^,\s]+), health (?<health>http\S+)")]
    private static partial Regex Ready();
}
