using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace McpScript.Logging;

/// <summary>Parts of a log event that all formats contain.</summary>
static class LogEventParts
{
    // l: strings without quotes. Not lj, which writes values as JSON, and quotes enums and time spans.
    static readonly ITextFormatter MessageFormatter = new MessageTemplateTextFormatter("{Message:l}");

    /// <summary>Returns the level as the Python original writes it, for programs that process its logs.</summary>
    public static string LevelWord(this LogEvent logEvent) => logEvent.Level switch
    {
        LogEventLevel.Verbose => "TRACE",
        LogEventLevel.Debug => "DEBUG",
        LogEventLevel.Information => "INFO",
        LogEventLevel.Warning => "WARNING",
        LogEventLevel.Error => "ERROR",
        _ => "CRITICAL",
    };

    /// <summary>Returns the name of the logger.</summary>
    public static string LoggerName(this LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) is ScalarValue { Value: string name } ? name : "root";

    /// <summary>Returns the message with its values.</summary>
    public static string Message(this LogEvent logEvent)
    {
        var text = new StringWriter();
        MessageFormatter.Format(logEvent, text);
        return text.ToString();
    }
}
