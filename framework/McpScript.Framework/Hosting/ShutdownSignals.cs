using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace McpScript.Hosting;

/// <summary>Turns SIGTERM and SIGINT into a request to drain; a second one ends the process at once.</summary>
public sealed partial class ShutdownSignals : IDisposable
{
    readonly CancellationTokenSource _requested = new();
    readonly List<PosixSignalRegistration> _registrations;
    readonly ILogger _log;
    int _received;

    /// <summary>Listens from here on.</summary>
    public ShutdownSignals(ILoggerFactory loggers)
    {
        _log = loggers.CreateLogger<ShutdownSignals>();
        _registrations = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }.Select(signal => PosixSignalRegistration.Create(signal, On))];
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
            Environment.Exit(context.Signal == PosixSignal.SIGINT ? 130 : 143);
        ShuttingDown(context.Signal);
        _requested.Cancel();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Received {Signal}, shutting down: running calls finish first; a second signal ends them.")]
    partial void ShuttingDown(PosixSignal signal);
}
