using McpScript.Client.Errors;

namespace McpScript.Client.Terminal;

/// <summary>Handler of Ctrl-C: the first cancels the running work, the second ends the process.</summary>
sealed class InterruptHandler
{
    readonly Lock _lock = new();
    CancellationTokenSource? _running;

    /// <summary>Action of the second Ctrl-C; must end the process even if work is still running. By default it exits with code 130.</summary>
    public Action Exit { get; set; } = () => Environment.Exit(ExitCodes.Interrupted);

    /// <summary>Runs work with a token that the first Ctrl-C cancels.</summary>
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

    /// <summary>Cancels the running work, or calls <see cref="Exit"/> if it is already cancelled.</summary>
    /// <returns>False if no work is running.</returns>
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
