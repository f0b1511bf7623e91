using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>
/// Reports the state of the service to systemd: ready, reloading, stopping, a status line, and keep-alive messages for its watchdog. Thread-safe.
/// </summary>
/// <remarks>
/// Does nothing unless systemd set <c>NOTIFY_SOCKET</c> (<c>Type=notify</c>). Keep-alive messages are sent if <c>WATCHDOG_USEC</c> is set. They are sent from
/// the thread pool, so a process with a blocked pool sends none. Source: sd_notify(3), sd_watchdog_enabled(3).
/// </remarks>
sealed partial class ServiceNotifier : IDisposable
{
    readonly SystemdNotifier _notifier = new();
    readonly ILogger _log;
    readonly ITimer? _watchdog;
    int _failed;

    /// <summary>Creates the notifier, and starts the keep-alive messages if systemd requests them.</summary>
    public ServiceNotifier(ILoggerFactory loggers, TimeProvider time)
    {
        _log = loggers.CreateLogger<ServiceNotifier>();
        // At half the interval of the watchdog, as sd_watchdog_enabled(3) recommends.
        if (_notifier.IsEnabled && WatchdogInterval() is { } interval)
            _watchdog = time.CreateTimer(_ => Send("WATCHDOG=1"), null, TimeSpan.Zero, interval / 2);
    }

    /// <summary>Reports that start-up or a reload has finished.</summary>
    /// <param name="status">One line for <c>systemctl status</c>.</param>
    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    /// <summary>Reports a new status line.</summary>
    public void Status(string status) => Send($"STATUS={status}");

    /// <summary>Reports that a reload of the configuration has begun.</summary>
    public void Reloading()
    {
        var microseconds = Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);
        Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={microseconds}"));
    }

    /// <summary>Reports that the service is draining.</summary>
    public void Stopping() => Send("STOPPING=1\nSTATUS=Draining: running calls finish.");

    /// <inheritdoc/>
    public void Dispose() => _watchdog?.Dispose();

    void Send(string state)
    {
        if (!_notifier.IsEnabled)
            return;
        try
        {
            _notifier.Notify(new ServiceState(state));
        }
        catch (SocketException e)
        {
            // Logged once. The service works without notifications; systemd itself logs a missing one.
            if (Interlocked.Exchange(ref _failed, 1) == 0)
                CannotNotify(e.Message);
        }
    }

    static TimeSpan? WatchdogInterval()
    {
        var isForThisProcess = Environment.GetEnvironmentVariable("WATCHDOG_PID") is not { Length: > 0 } pid
            || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var interval = Environment.GetEnvironmentVariable("WATCHDOG_USEC");
        return isForThisProcess && long.TryParse(interval, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "systemd cannot be notified: {Reason}. "
        + "The service continues, but with Type=notify systemd may stop it after TimeoutStartSec.")]
    partial void CannotNotify(string reason);
}
