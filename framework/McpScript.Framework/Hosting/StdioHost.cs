using Microsoft.Extensions.Logging;
using McpScript.Serving;

namespace McpScript.Hosting;

/// <summary>Serves one client over a pair of streams.</summary>
public sealed class StdioHost(IServerFactory servers, Stream input, Stream output, TimeSpan drain, ILoggerFactory loggers)
{
    /// <summary>Serves until the input ends or the token fires; running calls get the drain's time either way.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var transport = new StdioTransport(input, output, drain, loggers);
        var server = servers.Create(transport);
        using var stop = new CancellationTokenSource();
        var running = servers.RunAsync(server, stop.Token);
        // The end of the input alone would not end the server: it waits for all of its handlers, and a subscription's waits for the server.
        var ended = Task.WhenAny(running, transport.InputEnded);
        await ((Task)ended).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCompleted)
            await transport.DrainAsync(drain);
        await stop.CancelAsync();
        // Cancelled by us, or the client is gone: there is nobody left to tell.
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
