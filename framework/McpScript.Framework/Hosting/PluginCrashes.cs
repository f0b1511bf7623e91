using System.Runtime.ExceptionServices;
using McpScript.Loading;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Hosting;

/// <summary>Keeps the process alive when a plugin's own thread, or an <c>async void</c> of its, throws.</summary>
/// <remarks>Stack overflow, Environment.Exit and exhausted memory are not survivable in one process.</remarks>
static partial class PluginCrashes
{
    static ILogger? s_log;

    /// <summary>From here on, for the life of the process; a later call only changes where it is logged.</summary>
    public static void Survive(ILoggerFactory loggers)
    {
        if (Interlocked.Exchange(ref s_log, loggers.CreateLogger(typeof(PluginCrashes))) is null)
            ExceptionHandling.SetUnhandledExceptionHandler(exception => Heard(s_log, exception));
    }

    // True: the exception is dealt with, and the process goes on.
    static bool Heard(ILogger log, Exception exception)
    {
        Unhandled(log, PluginExecutionContext.CurrentPlugin ?? "unknown", ExceptionText.Of(exception));
        return true;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "An exception of plugin '{Plugin}' on a thread of its own was not handled. The proxy goes on; the plugin may be in a bad state.")]
    static partial void Unhandled(ILogger logger, string plugin, Exception exception);
}
