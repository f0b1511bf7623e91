using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpScript.Testing;

/// <summary>Logger provider that keeps all lines for assertions.</summary>
public sealed class TestLog : ILoggerProvider
{
    readonly ConcurrentQueue<string> _lines = new();

    /// <summary>All lines so far: level, logger, message, exception.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>All lines as one text.</summary>
    public string Text => string.Join('\n', _lines);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    sealed class Logger(string name, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} [{name}] {formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}");
    }
}
