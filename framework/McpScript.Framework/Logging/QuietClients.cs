using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace McpScript.Logging;

/// <summary>Loggers for the SDK that remove the stack traces of client errors, because any client could fill the log with them.</summary>
/// <remarks>Exceptions of plugin code keep their level and their stack trace.</remarks>
sealed class QuietClients(ILoggerFactory inner) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Quiet(inner.CreateLogger(categoryName));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The inner factory belongs to its creator.
    }

    sealed class Quiet(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is null || !IsOfClient(eventId, exception))
                inner.Log(logLevel, eventId, state, exception, formatter);
            else
                inner.Log(LevelOf(logLevel, exception), eventId, state, null, (message, _) => $"{formatter(message, null)} {exception.Message}");
        }

        // The SDK logs a refused call twice: as an error of the tool and as a warning of the request. The warning is enough. A cancelled call or a lost
        // connection needs no warning.
        static LogLevel LevelOf(LogLevel given, Exception exception) => exception is McpProtocolException
            ? given > LogLevel.Warning ? LogLevel.Debug : given
            : given > LogLevel.Information ? LogLevel.Information : given;

        // By the names of the SDK's events: those about exceptions of a tool, prompt or resource end in "Error".
        static bool IsOfClient(EventId eventId, Exception exception) => exception switch
        {
            McpProtocolException protocol => protocol.ErrorCode != McpErrorCode.InternalError,
            OperationCanceledException or IOException or ObjectDisposedException or ChannelClosedException or JsonException =>
                eventId.Name?.EndsWith("Error", StringComparison.Ordinal) is not true,
            _ => false,
        };
    }
}
