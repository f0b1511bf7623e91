using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>
/// Reports the state of the service to systemd: ready, reloading, stopping, a status line, and signs of life for its watchdog. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Does nothing unless systemd set <c>NOTIFY_SOCKET</c> (<c>Type=notify</c>). The watchdog runs if <c>WATCHDOG_USEC</c> is set; its signs of life come from
/// the thread pool, so a process whose pool is stuck gets none out. Source: sd_notify(3), sd_watchdog_enabled(3).
/// </remarks>
sealed partial class ServiceNotifier : IDisposable
{
    readonly SystemdNotifier _notifier = new();
    readonly ILogger _log;
    readonly ITimer? _watchdog;
    int _failed;

    /// <summary>Begins with the signs of life, if systemd wants them.</summary>
    public ServiceNotifier(ILoggerFactory loggers, TimeProvider time)
    {
        _log = loggers.CreateLogger<ServiceNotifier>();
        // Twice in the time that systemd waits, as sd_watchdog_enabled(3) recommends.
        if (_notifier.IsEnabled && WatchdogInterval() is { } interval)
            _watchdog = time.CreateTimer(_ => Send("WATCHDOG=1"), null, TimeSpan.Zero, interval / 2);
    }

    /// <summary>Start-up or a reload is over.</summary>
    /// <param name="status">One line for <c>systemctl status</c>.</param>
    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    /// <summary>Another status line.</summary>
    public void Status(string status) => Send($"STATUS={status}");

    /// <summary>The configuration is being read again.</summary>
    public void Reloading() => Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000)}"));

    /// <summary>The service is draining.</summary>
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
            // The service works without; systemd will say what it misses.
            if (Interlocked.Exchange(ref _failed, 1) == 0)
                CannotNotify(e.Message);
        }
    }

    static TimeSpan? WatchdogInterval()
    {
        var isMeant = Environment.GetEnvironmentVariable("WATCHDOG_PID") is not { Length: > 0 } pid || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return isMeant && long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "systemd cannot be notified: {Reason}. The service goes on; with Type=notify systemd may end it after TimeoutStartSec.")]
    partial void CannotNotify(string reason);
}
