using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace McpScript.Hosting;

/// <summary>
/// Turns SIGTERM and SIGINT into a request to drain; a second one ends the process at once. SIGHUP does the same where it says that the terminal has gone,
/// and asks for the configuration to be read again where there is none; where it was ignored at start (<c>nohup</c>), it stays so.
/// </summary>
sealed partial class ShutdownSignals : IDisposable
{
    readonly CancellationTokenSource _requested = new();
    readonly List<PosixSignalRegistration> _registrations;
    readonly ILogger _log;
    readonly Action _reload;
    int _received;

    /// <summary>Listens from here on.</summary>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="reload">Reads the configuration again; must return at once.</param>
    public ShutdownSignals(ILoggerFactory loggers, Action reload)
    {
        (_log, _reload) = (loggers.CreateLogger<ShutdownSignals>(), reload);
        _registrations = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }.Select(signal => PosixSignalRegistration.Create(signal, On))];
        if (!HangUps.AreIgnored())
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, HangUps.ComeFromATerminal() ? On : OnReload));
    }

    /// <summary>Fires at the first signal.</summary>
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
        // Counted, since two that come close together are handled at the same time.
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
