using ModelContextProtocol;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace McpScript.Logging;

/// <summary>
/// Reduces the SDK's log events about errors of clients, such as an unknown tool, to one line: the client has got the error, and a stack trace of the
/// server does not help.
/// </summary>
/// <param name="inner">Writes the events.</param>
/// <param name="isWhole">Returns true if complete events are wanted.</param>
sealed class ClientMistakes(ILogEventSink inner, Func<bool> isWhole) : ILogEventSink
{
    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        if (!IsMistake(logEvent) || isWhole())
            inner.Emit(logEvent);
        // The SDK logs it twice: as an error of the tool, and as a warning of the request. One line is enough.
        else if (logEvent.Level < LogEventLevel.Error)
            inner.Emit(InOneLine(logEvent));
    }

    static bool IsMistake(LogEvent logEvent) =>
        logEvent.Exception is McpProtocolException { ErrorCode: not McpErrorCode.InternalError }
        && logEvent.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)
        && source is ScalarValue { Value: string name } && name.StartsWith("ModelContextProtocol", StringComparison.Ordinal);

    static LogEvent InOneLine(LogEvent logEvent) => new(
        logEvent.Timestamp, logEvent.Level, exception: null,
        new MessageTemplate([.. logEvent.MessageTemplate.Tokens, new TextToken($" {logEvent.Exception!.Message}")]),
        logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value)));
}
