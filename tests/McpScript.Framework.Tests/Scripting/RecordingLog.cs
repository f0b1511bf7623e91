using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpScript.Framework.Tests.Scripting;

/// <summary>Remembers log lines.</summary>
sealed class RecordingLog<T> : ILogger<T>
{
    readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
}
