using System.Diagnostics;
using System.Text;
using McpScript.Benchmarks.Peers;

namespace McpScript.Benchmarks;

/// <summary>
/// Time from the start of the process to the first response to tools/list: with an empty compile cache, with a full one, and for a bare C# SDK server.
/// </summary>
sealed class ColdStart(int runs)
{
    const string ListTools = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    /// <summary>Runs the measurement.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var top = Directory.CreateTempSubdirectory("mcpscript-bench-").FullName;
        try
        {
            var three = Folder(top, "three", 3, 1);
            var hundred = Folder(top, "hundred", 100, 5);
            Console.WriteLine($"{"",-44} {"first tools/list, ms",-34} {"processor, ms",14} {"resident, MiB",14}   ({runs} runs)");
            await MeasureAsync("bare C# SDK server, stdio", top, Environment.ProcessPath!, ["bare", "--stdio"], clear: false, runs, cancellationToken);
            foreach (var (name, folder) in new[] { ("3 scripts", three), ("100 scripts × 5 tools", hundred) })
            {
                string[] serve = ["serve", "--plugin-dir", folder, "--mgmt-port", "0"];
                await MeasureAsync($"{name}, nothing cached", top, ProxyUnderTest.Program, serve, clear: true, Math.Max(2, runs / 3), cancellationToken);
                await MeasureAsync($"{name}, cached", top, ProxyUnderTest.Program, serve, clear: false, runs, cancellationToken);
                await MeasureAsync($"{name}, cached, --watch", top, ProxyUnderTest.Program, [.. serve, "--watch"], clear: false, runs, cancellationToken);
            }
            return 0;
        }
        finally
        {
            Directory.Delete(top, recursive: true);
        }
    }

    static string Folder(string top, string name, int scripts, int tools)
    {
        var folder = Directory.CreateDirectory(Path.Combine(top, name)).FullName;
        for (var i = 0; i < scripts; i++)
            File.WriteAllText(Path.Combine(folder, $"p{i}.csx"), GeneratedScript.Text($"p{i}", tools));
        return folder;
    }

    static async Task MeasureAsync(string name, string home, string program, string[] arguments, bool clear, int runs, CancellationToken cancellationToken)
    {
        var all = new List<(double Milliseconds, double Processor, double ResidentMiB)>();
        for (var run = 0; run < runs; run++)
        {
            if (clear && Directory.Exists(Path.Combine(home, ".mcp_proxy", "cache")))
                Directory.Delete(Path.Combine(home, ".mcp_proxy", "cache"), recursive: true);
            all.Add(await StartAsync(home, program, arguments, cancellationToken));
        }
        double Middle(Func<(double Milliseconds, double Processor, double ResidentMiB), double> of) => all.Select(of).Order().ElementAt(all.Count / 2);
        var times = $"median {Middle(one => one.Milliseconds):0}, {all.Min(one => one.Milliseconds):0} to {all.Max(one => one.Milliseconds):0}";
        Console.WriteLine($"{name,-44} {times,-34} {Middle(one => one.Processor),14:0} {Middle(one => one.ResidentMiB),14:0}");
    }

    static async Task<(double Milliseconds, double Processor, double ResidentMiB)> StartAsync(
        string home, string program, string[] arguments, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            Environment = { ["HOME"] = home },
        })!;
        process.BeginErrorReadLine();
        try
        {
            foreach (var message in new[] { Messages.Initialize, Messages.Initialized, ListTools })
                await process.StandardInput.WriteLineAsync(message.AsMemory(), cancellationToken);
            await process.StandardInput.FlushAsync(cancellationToken);
            string? line;
            do
                line = await process.StandardOutput.ReadLineAsync(cancellationToken)
                    ?? throw new InvalidOperationException($"{program} ended before it answered.");
            while (!line.Contains("\"tools\":["));
            var elapsed = clock.Elapsed.TotalMilliseconds;
            process.Refresh();
            return (elapsed, process.TotalProcessorTime.TotalMilliseconds, Footprint.Of(process.Id).ResidentMiB);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
