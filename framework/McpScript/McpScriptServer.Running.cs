using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Hosting;
using McpScript.Http.Hosting;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript;

public sealed partial class McpScriptServer
{
    readonly AsyncLock _scanning = new();

    /// <summary>
    /// Runs as a program: loads the plugins, serves over stdio or HTTP as configured, and drains at SIGTERM, SIGINT, the end of stdin or when the token fires.
    /// The process is the server's: over stdio its stdin and stdout are the protocol's, and what is printed becomes lines of the log.
    /// </summary>
    /// <exception cref="BindException">A port or address cannot be had.</exception>
    /// <exception cref="NotStartedException">Plugins that it is not to run without cannot be loaded.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var stdio = Config.Transport == Transport.Stdio;
        // First of all, so that nothing that is printed from here on can reach the client.
        var streams = stdio ? StdioStreams.Take() : default;
        ConsoleCapture.Install(_setup.Loggers);
        PluginCrashes.Survive(_setup.Loggers);
        using var service = new ServiceNotifier(_setup.Loggers, _setup.Time);
        using var signals = new ShutdownSignals(_setup.Loggers, () => _ = ReloadAsync(service));
        using var telemetry = TelemetryExport.Open($"mcp-{Options.Role.ToLowerInvariant()}", _setup.Loggers);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(signals.Requested, cancellationToken);

        await using var host = new ServerHost(this, _setup.Loggers, _log?.Recent ?? new(), _setup.Time);
        try
        {
            await host.StartAsync(ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // Told to end before it was ready: no client has come yet.
            return;
        }
        service.Ready(StatusLine());
        Registry.Changed += _ => service.Status(StatusLine());
        if (stdio)
            await host.ServeAsync(streams.Input, streams.Output, ends.Token);
        else
            await ends.Token.WhenCanceled();
        service.Stopping();
        await host.StopAsync();
    }

    // What `systemctl status` shows.
    string StatusLine()
    {
        var failures = Registry.Failures.Length;
        return $"{Registry.Plugins.Length} plugin(s), {Registry.AllTools.Length + OwnTools} tools{(failures == 0 ? "" : $", {failures} with problems")}";
    }

    async Task ReloadAsync(ServiceNotifier service)
    {
        service.Reloading();
        await ReloadAsync();
        service.Ready(StatusLine());
    }

    // What a static server serves does not change.
    async Task ReloadAsync()
    {
        if (Options.NeedsPlugin || _started is not { } started)
            return;
        await ((Task)started).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _setup.Configuration.Ask();
        if (!_runtime.TryScan())
            await ScanAsync();
    }

    // Without a watch nothing else scans.
    async Task ScanAsync()
    {
        using var turn = await _scanning.EnterAsync();
        try
        {
            var refresh = await new GateGroupReload(_setup.Configuration, Registry).ReloadAsync(CancellationToken.None);
            await Folder.ScanAsync(ImmutableHashSet<string>.Empty, refresh, CancellationToken.None);
        }
        catch (Exception e)
        {
            // A disk that fails, or a bug of ours: what is served stays as it is, and the operator can ask again.
            ReloadFailed(e);
        }
    }

    void ReloadFailed(Exception error) => ReloadFailed(_setup.Loggers.CreateLogger<McpScriptServer>(), error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading the configuration again failed; what is served stays as it is.")]
    static partial void ReloadFailed(ILogger log, Exception error);
}
