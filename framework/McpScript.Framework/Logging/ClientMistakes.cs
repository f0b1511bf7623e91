using ModelContextProtocol;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace McpScript.Logging;

/// <summary>
/// Makes one line of what the SDK tells of a client's mistake, such as an unknown tool: the client has been told, and no stack of ours explains it any
/// better.
/// </summary>
/// <param name="inner">Writes.</param>
/// <param name="isWhole">Whether all of it is wanted all the same.</param>
sealed class ClientMistakes(ILogEventSink inner, Func<bool> isWhole) : ILogEventSink
{
    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        if (!IsMistake(logEvent) || isWhole())
            inner.Emit(logEvent);
        // The SDK tells of it twice: as an error of the tool, and as a warning of the request. The one is enough.
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
