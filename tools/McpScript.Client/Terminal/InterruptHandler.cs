using McpScript.Client.Errors;

namespace McpScript.Client.Terminal;

/// <summary>What Ctrl-C does: the first cancels what is running, a second leaves.</summary>
sealed class InterruptHandler
{
    readonly Lock _lock = new();
    CancellationTokenSource? _running;

    /// <summary>Called by a second one: the program has to end, whatever still runs.</summary>
    public Action Exit { get; set; } = () => Environment.Exit(ExitCodes.Interrupted);

    /// <summary>Runs something that can be interrupted.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work)
    {
        using var running = new CancellationTokenSource();
        lock (_lock)
            _running = running;
        try
        {
            await work(running.Token);
        }
        finally
        {
            lock (_lock)
                _running = null;
        }
    }

    /// <summary>Interrupts what is running.</summary>
    /// <returns>False if nothing is.</returns>
    public bool Interrupt()
    {
        CancellationTokenSource? running;
        lock (_lock)
            running = _running;
        if (running is null)
            return false;
        if (running.IsCancellationRequested)
            Exit();
        else
            Task.Run(running.Cancel);
        return true;
    }
}
