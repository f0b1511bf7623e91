using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpScript.Core.Tests.Unloading;

/// <summary>A log that keeps its lines and signals each of them.</summary>
sealed class RecordedLog<T> : ILogger<T>
{
    readonly ConcurrentQueue<(LogLevel Level, string Text, Exception? Cause)> _lines = [];
    readonly ConcurrentDictionary<string, TaskCompletionSource> _signals = [];

    /// <summary>The texts so far.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(line => line.Text)];

    /// <summary>The exceptions so far, as text.</summary>
    public IReadOnlyList<string> Causes => [.. _lines.Select(line => line.Cause?.ToString() ?? "")];

    /// <summary>The levels so far.</summary>
    public IReadOnlyList<LogLevel> Levels => [.. _lines.Select(line => line.Level)];

    /// <summary>Completes when a line holds this text.</summary>
    public Task LineAsync(string text)
    {
        var signal = _signals.GetOrAdd(text, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        Publish();
        return signal.Task.Soon();
    }

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue((logLevel, formatter(state, exception), exception));
        Publish();
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    void Publish()
    {
        foreach (var (text, signal) in _signals)
            if (_lines.Any(line => line.Text.Contains(text, StringComparison.Ordinal)))
                signal.TrySetResult();
    }
}
