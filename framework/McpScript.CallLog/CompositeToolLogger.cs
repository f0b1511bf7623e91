using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.CallLog;

/// <summary>Writes each call to several loggers, also if one of them fails. As safe for concurrent use as they are.</summary>
public sealed class CompositeToolLogger : IBatchToolCallLogger, IDisposable
{
    readonly ImmutableArray<SafeToolCallLogger> _loggers;

    /// <summary>Creates a logger for several loggers, which are disposed with it.</summary>
    /// <param name="loggers">The loggers, in the order of writing.</param>
    /// <param name="log">Receives reports of failures; null for none.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public CompositeToolLogger(IEnumerable<IToolCallLogger> loggers, ILogger? log = null, TimeProvider? time = null) =>
        _loggers = [.. loggers.Select(logger => new SafeToolCallLogger(logger, log ?? NullLogger.Instance, time ?? TimeProvider.System))];

    /// <summary>The number of entries that were lost because loggers failed.</summary>
    public long Failed => _loggers.Sum(logger => logger.Failed);

    /// <inheritdoc/>
    public void Write(ToolCall call)
    {
        foreach (var logger in _loggers)
            logger.Write(call);
    }

    /// <summary>Writes several calls, in order.</summary>
    public void Write(ReadOnlySpan<ToolCall> calls)
    {
        foreach (var logger in _loggers)
            logger.Write(calls);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var logger in _loggers)
            logger.Dispose();
    }
}
