using System.CommandLine;
using McpScript.Configuration;
using McpScript.Hosting;
using McpScript.Http;
using McpScript.Logging;
using McpScript.Registry;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy serve</c>: loads the plugins and serves them until a signal or, over stdio, the end of input.</summary>
static class ServeCommand
{
    const int Done = 0, Failed = 1, Usage = 2;

    /// <summary>The command.</summary>
    public static Command Create(ServeOptions options)
    {
        var command = new Command("serve", "Load the plugins and serve them, over stdio unless --http is given.");
        options.AddTo(command);
        command.SetAction(RunAsync(options));
        return command;
    }

    /// <summary>What the command does.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> RunAsync(ServeOptions options) => async (parsed, _) =>
    {
        var commandLine = options.Read(parsed);
        try
        {
            var config = McpScriptConfig.Load(commandLine);
            return await ServeAsync(config with { ServerName = config.ServerName ?? "MCP Proxy" }, commandLine);
        }
        catch (ConfigurationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Usage;
        }
        catch (BindException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    };

    static async Task<int> ServeAsync(McpScriptConfig config, CommandLineOverrides commandLine)
    {
        var stdio = config.Transport == Transport.Stdio;
        // First of all, so that nothing that is printed from here on can reach the client.
        var streams = stdio ? StdioStreams.Take() : default;
        using var log = HostLog.Open(config);
        ConsoleCapture.Install(log.Factory);
        PluginCrashes.Survive(log.Factory);
        using var signals = new ShutdownSignals(log.Factory);
        using var telemetry = TelemetryExport.Open("mcp-proxy", log.Factory);

        await using var server = McpScriptServer.Create(config, log.Factory, commandLine: commandLine);
        await using var host = new ServerHost(server, log, TimeProvider.System);
        server.ConfigurationApplied += applied => log.Level = applied.LogLevel;
        IReadOnlyList<ChangeResult> results;
        try
        {
            results = await host.StartAsync(signals.Requested);
        }
        catch (OperationCanceledException) when (signals.Requested.IsCancellationRequested)
        {
            // Told to end before it was ready: no client has come yet.
            return Done;
        }
        if (config.Strict && results.Any(result => !result.Ok))
            return await RefuseAsync(results);
        if (stdio)
            await host.ServeAsync(streams.Input, streams.Output, signals.Requested);
        else
            await signals.Requested.Async();
        await host.StopAsync();
        return Done;
    }

    static async Task<int> RefuseAsync(IEnumerable<ChangeResult> results)
    {
        foreach (var result in results.Where(result => !result.Ok))
            await Console.Error.WriteLineAsync($"{result.Error}");
        await Console.Error.WriteLineAsync("Not started: --strict asks for every wanted plugin to be loaded. Fix them, or start without --strict.");
        return Failed;
    }
}
