using McpScript.Configuration;
using McpScript.Hosting;
using McpScript.Logging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>Opens a server's own transport within an application, which keeps control of its signals, console and logging.</summary>
sealed class HostedTransport(McpScriptServer server, ILoggerFactory loggers, IHostApplicationLifetime application) : IHostedService, IAsyncDisposable
{
    readonly ServerHost _host = new(server, loggers, new RecentLines(), server.Options.Time);
    readonly CancellationTokenSource _stopping = new();
    Task _serving = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _host.StartAsync(cancellationToken);
        if (server.Config.Transport == Transport.Stdio)
            _serving = ServeStdioAsync();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _serving;
        await _host.StopAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    async Task ServeStdioAsync()
    {
        // Returns at once, so that the start of the application does not wait for the client's first message.
        await Task.Yield();
        var (input, output) = StdioStreams.Open();
        await _host.ServeAsync(input, output, _stopping.Token);
        application.StopApplication();
    }
}
