using System.Diagnostics;

namespace McpScript.Benchmarks.Peers;

/// <summary>
/// The throughput of mcp-proxy, with its log and its checks on, beside a bare C# SDK server and the official TypeScript one; all in one run, turn and turn
/// about.
/// </summary>
sealed class PeerComparison(PeerOptions options)
{
    const string Echo = """mcp.Tool("echo", "Says it again.", (string message) => message);""";

    /// <summary>Runs it; 0 if the proxy holds 95 % of the bare server's throughput everywhere.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var top = Directory.CreateTempSubdirectory("mcpscript-bench-").FullName;
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(top, "plugins")).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "echo.csx"), Echo, cancellationToken);
            Console.WriteLine($"{"",-14} {"server",-22} {"calls/s",10} {"of bare",9} {"µs processor/call",19} {"of bare",9}   ({options.Rounds} rounds of {options.Calls} calls, {options.Callers} callers)");
            var held = true;
            foreach (var way in options.Ways)
                held &= await CompareAsync(way, top, folder, cancellationToken);
            return held ? 0 : 1;
        }
        finally
        {
            Directory.Delete(top, recursive: true);
        }
    }

    async Task<bool> CompareAsync(Way way, string top, string folder, CancellationToken cancellationToken)
    {
        var peers = new List<Peer>();
        try
        {
            await foreach (var peer in PeersAsync(way, top, folder))
                peers.Add(peer);
            var runs = new List<PeerRun>();
            foreach (var peer in peers)
                runs.Add(await PeerRun.ConnectAsync(peer, way, options));
            foreach (var run in runs)
                await run.WarmUpAsync();
            // Turn and turn about, so that what else the machine does hits all of them.
            for (var round = 0; round < options.Rounds; round++)
                foreach (var run in runs)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await run.RoundAsync();
                }
            foreach (var run in runs)
                run.Tell(way, runs[0]);
            foreach (var run in runs)
                run.Dispose();
            return runs.Single(run => run.Name == "mcp-proxy").Rate >= 0.95 * runs[0].Rate;
        }
        finally
        {
            foreach (var peer in peers)
                await peer.DisposeAsync();
        }
    }

    // The bare one twice: what the second one differs by is the machine's noise.
    static async IAsyncEnumerable<Peer> PeersAsync(Way way, string top, string folder)
    {
        var self = Environment.ProcessPath!;
        var stdio = way == Way.Stdio;
        async Task<Peer> StartAsync(string name, string program, params string[] arguments) =>
            stdio ? Peer.Stdio(name, program, arguments, top) : await Peer.HttpAsync(name, program, arguments, top);
        yield return await StartAsync("bare C# SDK", self, "bare", stdio ? "--stdio" : "--http");
        yield return await StartAsync("bare again (noise)", self, "bare", stdio ? "--stdio" : "--http");
        string[] serve = ["serve", "--plugin-dir", folder, "--mgmt-port", "0"];
        yield return await StartAsync("mcp-proxy", ProxyUnderTest.Program, stdio ? serve : [.. serve, "--http", "0"]);
        // It speaks the era of sessions only.
        if (way != Way.HttpStateless && await NodeServer.FindAsync() is { } script)
            yield return await StartAsync("TypeScript SDK 1.32", "node", stdio ? [script] : [script, "0"]);
    }

    /// <summary>Installs the TypeScript server at first use.</summary>
    static class NodeServer
    {
        /// <summary>The script; null where there is no npm.</summary>
        public static async Task<string?> FindAsync()
        {
            var folder = Path.Combine(new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.FullName, "tools", "McpScript.Benchmarks", "node");
            if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            {
                try
                {
                    using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = folder })!;
                    await npm.WaitForExitAsync();
                    if (npm.ExitCode != 0)
                        return null;
                }
                catch (System.ComponentModel.Win32Exception)
                {
                    // No npm: then it is left out.
                    return null;
                }
            }
            return Path.Combine(folder, "server.mjs");
        }
    }
}
