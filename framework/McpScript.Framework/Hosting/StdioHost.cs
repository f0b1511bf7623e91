using McpScript.Model;
using McpScript.Protocol;
using Microsoft.Extensions.Logging;

namespace McpScript.Hosting;

/// <summary>Serves one client over a pair of streams.</summary>
sealed partial class StdioHost(IServerFactory servers, Stream input, Stream output, ShutdownDeadline end, ILoggerFactory loggers)
{
    readonly ILogger _log = loggers.CreateLogger<StdioHost>();

    /// <summary>Serves until the input ends or the token fires; in both cases running calls can finish within the shutdown's time.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var transport = new StdioTransport(input, output, end, loggers);
        var server = servers.Create(transport);
        using var stop = new CancellationTokenSource();
        var running = servers.RunAsync(server, stop.Token);
        // The end of the input alone would not end the server: it waits for its handlers, and the handler of a subscription waits for the server.
        var ended = Task.WhenAny(running, transport.InputEnded);
        await ((Task)ended).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Begin();
        if (!ended.IsCompleted)
            await transport.DrainAsync();
        await stop.CancelAsync();
        // Cancelled by the shutdown, or the client has disconnected: no answer is needed. Tools that ignore cancellation are not waited for, because the
        // process is about to end.
        await ((Task)running).WaitAsync(end.ForCancelled, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!running.IsCompleted)
            CallsLeft();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Calls that exceeded the shutdown time ignore their cancellation, and are abandoned.")]
    partial void CallsLeft();
}
