using System.Runtime.ExceptionServices;
using McpScript.Loading;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Hosting;

/// <summary>Keeps the process alive when a plugin's own thread, or one of its <c>async void</c> methods, throws.</summary>
/// <remarks>A process cannot survive a stack overflow, Environment.Exit and exhausted memory.</remarks>
static partial class PluginCrashes
{
    static ILogger? s_log;

    /// <summary>Handles unhandled exceptions from now on, for the life of the process; a later call only changes the log.</summary>
    public static void Survive(ILoggerFactory loggers)
    {
        if (Interlocked.Exchange(ref s_log, loggers.CreateLogger(typeof(PluginCrashes))) is null)
            ExceptionHandling.SetUnhandledExceptionHandler(exception => Handle(s_log, exception));
    }

    // Returns true: the exception is handled, and the process continues.
    static bool Handle(ILogger log, Exception exception)
    {
        Unhandled(log, PluginExecutionContext.CurrentPlugin ?? "unknown", ExceptionText.Of(exception));
        return true;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message =
        "An exception of plugin '{Plugin}' on a thread of its own was not handled. The proxy continues to run; the plugin may be in a bad state.")]
    static partial void Unhandled(ILogger logger, string plugin, Exception exception);
}
