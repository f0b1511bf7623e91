using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.CallLog;

/// <summary>Several loggers as one: each gets every call, also when another fails.</summary>
public sealed class CompositeToolLogger : IBatchToolCallLogger, IDisposable
{
    readonly ImmutableArray<SafeToolCallLogger> _loggers;

    /// <summary>A logger that passes on to others, and disposes them with itself.</summary>
    /// <param name="loggers">The others, in the order in which they write.</param>
    /// <param name="log">Told when one fails.</param>
    /// <param name="time">The clock.</param>
    public CompositeToolLogger(IEnumerable<IToolCallLogger> loggers, ILogger? log = null, TimeProvider? time = null) =>
        _loggers = [.. loggers.Select(logger => new SafeToolCallLogger(logger, log ?? NullLogger.Instance, time ?? TimeProvider.System))];

    /// <summary>How many entries were lost by loggers that failed.</summary>
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
