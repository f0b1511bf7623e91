using System.IO.Pipelines;
using System.Text;
using BenchmarkDotNet.Attributes;
using McpScript.Benchmarks.Peers;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Server;

namespace McpScript.Benchmarks.Micro;

/// <summary>
/// One call through the whole pipeline in memory, compared with the bare SDK; and one reload with its swap, with few and with many plugins.
/// </summary>
[MemoryDiagnoser]
public class ServerBenchmarks
{
    static readonly byte[] Call = Encoding.UTF8.GetBytes(Messages.Call + "\n");

    readonly string _top = Directory.CreateTempSubdirectory("mcpscript-bench-").FullName;
    readonly CancellationTokenSource _stop = new();
    McpScriptServer _server = null!;
    (PipeWriter In, StreamReader Out) _plugin, _bare;

    /// <summary>Number of plugins.</summary>
    [Params(1, 200)]
    public int Plugins { get; set; }

    /// <summary>Starts both servers.</summary>
    [GlobalSetup]
    public async Task SetUpAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_top, "plugins")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "echo.csx"), """mcp.Tool("echo", "Says it again.", (string message) => message);""");
        for (var i = 1; i < Plugins; i++)
            await File.WriteAllTextAsync(Path.Combine(folder, $"p{i}.csx"), GeneratedScript.Text($"p{i}", 5));
        _server = McpScriptServer.Create(
            new() { PluginDirs = [folder] }, NullLoggerFactory.Instance, new() { LogFolder = _top, CacheFolder = Path.Combine(_top, "cache") });
        await _server.StartAsync();
        _plugin = await ConnectAsync(transport =>
        {
            var server = _server.Servers.Create(transport);
            _ = _server.Servers.RunAsync(server, _stop.Token);
        });
        _bare = await ConnectAsync(transport => _ = McpServer.Create(transport, BareServer.Options()).RunAsync(_stop.Token));
    }

    /// <summary>Stops both servers and deletes the temporary folder.</summary>
    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _stop.CancelAsync();
        await _server.DisposeAsync();
        Directory.Delete(_top, recursive: true);
    }

    /// <summary>Calls a tool of the bare SDK.</summary>
    [Benchmark(Baseline = true)]
    public Task<string?> BareCall() => CallAsync(_bare);

    /// <summary>Calls a plugin's tool, including call log, lease and validation.</summary>
    [Benchmark]
    public Task<string?> PluginCall() => CallAsync(_plugin);

    /// <summary>Reloads an unchanged script: load, register, swap. Unloading the old generation is not measured.</summary>
    [Benchmark]
    public Task Reload() => _server.Registry.ReloadAsync("echo");

    static async Task<string?> CallAsync((PipeWriter In, StreamReader Out) to)
    {
        await to.In.WriteAsync(Call);
        return await to.Out.ReadLineAsync();
    }

    static async Task<(PipeWriter In, StreamReader Out)> ConnectAsync(Action<StreamServerTransport> serve)
    {
        var (up, down) = (new Pipe(), new Pipe());
        serve(new(up.Reader.AsStream(), down.Writer.AsStream(), "bench"));
        var output = new StreamReader(down.Reader.AsStream());
        await up.Writer.WriteAsync(Encoding.UTF8.GetBytes(Messages.Initialize + "\n"));
        await output.ReadLineAsync();
        await up.Writer.WriteAsync(Encoding.UTF8.GetBytes(Messages.Initialized + "\n"));
        return (up.Writer, output);
    }
}
