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
    /// Runs as a program: loads the plugins, serves over stdio or HTTP as configured, and drains on SIGTERM, SIGINT, the end of stdin or when the token is
    /// canceled. Takes over the process: over stdio, its stdin and stdout carry the protocol, and text printed to the console becomes lines of the log.
    /// </summary>
    /// <exception cref="BindException">A port is in use, or an address cannot be bound.</exception>
    /// <exception cref="NotStartedException">Required plugins cannot be loaded.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var stdio = Config.Transport == Transport.Stdio;
        // First, so that nothing printed from here on reaches the client's stream.
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
            // Stopped before it was ready: no client is connected yet.
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

    // Shown by `systemctl status`.
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

    async Task ReloadAsync()
    {
        if (Options.IsStatic || _started is not { } started)
            return;
        await ((Task)started).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _setup.Configuration.RequestReload();
        if (!_runtime.TryScan())
            await ScanAsync();
    }

    // Used if the folders are not watched; nothing else scans then.
    async Task ScanAsync()
    {
        using var turn = await _scanning.EnterAsync();
        try
        {
            var refresh = await _setup.Configuration.ReloadAsync(CancellationToken.None);
            await Folder.ScanAsync(ImmutableHashSet<string>.Empty, refresh, CancellationToken.None);
        }
        catch (Exception e)
        {
            // A disk error or a bug: the served plugins stay unchanged, and the operator can request the reload again.
            ReloadFailed(e);
        }
    }

    void ReloadFailed(Exception error) => ReloadFailed(_setup.Loggers.CreateLogger<McpScriptServer>(), error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reloading the configuration failed; the served plugins stay unchanged. "
        + "Correct the cause and reload again.")]
    static partial void ReloadFailed(ILogger log, Exception error);
}
