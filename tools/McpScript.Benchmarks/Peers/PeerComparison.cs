using System.Diagnostics;

namespace McpScript.Benchmarks.Peers;

/// <summary>
/// Throughput of mcp-proxy, with call log and validation, compared with a bare C# SDK server, a bare server of ModelContextProtocol.AspNetCore (MapMcp) over
/// HTTP, and a server of the official TypeScript SDK, measured alternately in one run.
/// </summary>
sealed class PeerComparison(PeerOptions options)
{
    const string Echo = """mcp.Tool("echo", "Says it again.", (string message) => message);""";

    /// <summary>Runs the comparison.</summary>
    /// <returns>0 if the proxy reaches 95 % of the bare server's throughput over each transport; otherwise 1.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var top = Directory.CreateTempSubdirectory("mcpscript-bench-").FullName;
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(top, "plugins")).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "echo.csx"), Echo, cancellationToken);
            Console.WriteLine($"{"",-14} {"server",-22} {"calls/s",10} {"of bare",9} {"µs processor/call",19} {"of bare",9}   "
                + $"({options.Rounds} rounds of {options.Calls} calls, {options.Callers} callers)");
            var held = true;
            foreach (var transport in options.Transports)
                held &= await CompareAsync(transport, top, folder, cancellationToken);
            return held ? 0 : 1;
        }
        finally
        {
            Directory.Delete(top, recursive: true);
        }
    }

    async Task<bool> CompareAsync(PeerTransport transport, string top, string folder, CancellationToken cancellationToken)
    {
        var peers = new List<Peer>();
        try
        {
            await foreach (var peer in PeersAsync(transport, top, folder))
                peers.Add(peer);
            var runs = new List<PeerRun>();
            foreach (var peer in peers)
                runs.Add(await PeerRun.ConnectAsync(peer, transport, options));
            foreach (var run in runs)
                await run.WarmUpAsync();
            // In alternation, so that other load on the machine affects all of them.
            for (var round = 0; round < options.Rounds; round++)
                foreach (var run in runs)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await run.RoundAsync();
                }
            foreach (var run in runs)
                run.Print(transport, runs[0]);
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

    // The bare server runs twice: the difference between the two is noise of the machine.
    static async IAsyncEnumerable<Peer> PeersAsync(PeerTransport transport, string top, string folder)
    {
        var self = Environment.ProcessPath!;
        var stdio = transport == PeerTransport.Stdio;
        async Task<Peer> StartAsync(string name, string program, params string[] arguments) =>
            stdio ? Peer.Stdio(name, program, arguments, top) : await Peer.HttpAsync(name, program, arguments, top);
        yield return await StartAsync("bare C# SDK", self, "bare", stdio ? "--stdio" : "--http");
        yield return await StartAsync("bare again (noise)", self, "bare", stdio ? "--stdio" : "--http");
        if (!stdio)
            yield return await StartAsync("MapMcp", self, "bare", "--map-mcp");
        string[] serve = ["serve", "--plugin-dir", folder, "--mgmt-port", "0"];
        yield return await StartAsync("mcp-proxy", ProxyUnderTest.Program, stdio ? serve : [.. serve, "--http", "0"]);
        // The TypeScript SDK supports sessions only.
        if (transport != PeerTransport.HttpStateless && await NodeServer.FindAsync() is { } script)
            yield return await StartAsync("TypeScript SDK 1.32", "node", stdio ? [script] : [script, "0"]);
    }

    /// <summary>Installation of the TypeScript server at first use.</summary>
    static class NodeServer
    {
        /// <summary>Returns the path of the script; null if npm is missing or fails.</summary>
        public static async Task<string?> FindAsync()
        {
            var checkout = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.FullName;
            var folder = Path.Combine(checkout, "tools", "McpScript.Benchmarks", "node");
            if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            {
                try
                {
                    string[] install = ["install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"];
                    using var npm = Process.Start(new ProcessStartInfo("npm", install) { WorkingDirectory = folder })!;
                    await npm.WaitForExitAsync();
                    if (npm.ExitCode != 0)
                        return null;
                }
                catch (System.ComponentModel.Win32Exception)
                {
                    // Without npm, the TypeScript server is left out.
                    return null;
                }
            }
            return Path.Combine(folder, "server.mjs");
        }
    }
}
