using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace McpScript.Hosting;

/// <summary>
/// Handles signals: SIGTERM and SIGINT begin a shutdown with a drain; a second one ends the process at once. SIGHUP does the same if it means that the
/// terminal was closed, and reloads the configuration if there is no terminal; if it was ignored at start (<c>nohup</c>), it stays ignored.
/// </summary>
sealed partial class ShutdownSignals : IDisposable
{
    readonly CancellationTokenSource _requested = new();
    readonly List<PosixSignalRegistration> _registrations;
    readonly ILogger _log;
    readonly Action _reload;
    int _received;

    /// <summary>Starts handling signals.</summary>
    /// <param name="loggers">The loggers.</param>
    /// <param name="reload">Reloads the configuration; must return at once.</param>
    public ShutdownSignals(ILoggerFactory loggers, Action reload)
    {
        (_log, _reload) = (loggers.CreateLogger<ShutdownSignals>(), reload);
        _registrations = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }.Select(signal => PosixSignalRegistration.Create(signal, On))];
        if (!HangUps.AreIgnored())
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, HangUps.ComeFromATerminal() ? On : OnReload));
    }

    /// <summary>Fires at the first shutdown signal.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _requested.Dispose();
    }

    void On(PosixSignalContext context)
    {
        context.Cancel = true;
        // Counted atomically, because two signals in quick succession are handled on two threads.
        if (Interlocked.Increment(ref _received) > 1)
            Environment.Exit(context.Signal switch { PosixSignal.SIGINT => 130, PosixSignal.SIGHUP => 129, _ => 143 });
        ShuttingDown(context.Signal);
        _requested.Cancel();
    }

    void OnReload(PosixSignalContext context)
    {
        context.Cancel = true;
        Reloading(context.Signal);
        _reload();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Received {Signal}, reading the configuration again.")]
    partial void Reloading(PosixSignal signal);

    [LoggerMessage(Level = LogLevel.Information, Message = "Received {Signal}, shutting down: running calls finish first; a second signal ends them.")]
    partial void ShuttingDown(PosixSignal signal);
}
