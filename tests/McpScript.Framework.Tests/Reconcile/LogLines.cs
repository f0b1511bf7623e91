using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpScript.Framework.Tests.Reconcile;

/// <summary>Keeps what is logged, as <c>Warning: text</c>.</summary>
sealed class LogLines<T> : ILogger<T>
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
}
