using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace McpScript.Logging;

/// <summary>What all formats say of an event.</summary>
static class LogEventParts
{
    // l: texts without quotes around them. Not lj, which makes JSON of values, and quotes enums and time spans.
    static readonly ITextFormatter s_message = new MessageTemplateTextFormatter("{Message:l}");

    /// <summary>The level in the words of the Python original, which log processors may be looking for.</summary>
    public static string LevelWord(this LogEvent logEvent) => logEvent.Level switch
    {
        LogEventLevel.Verbose => "TRACE",
        LogEventLevel.Debug => "DEBUG",
        LogEventLevel.Information => "INFO",
        LogEventLevel.Warning => "WARNING",
        LogEventLevel.Error => "ERROR",
        _ => "CRITICAL",
    };

    /// <summary>Who wrote it.</summary>
    public static string LoggerName(this LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) is ScalarValue { Value: string name } ? name : "root";

    /// <summary>The message with its values in place.</summary>
    public static string Message(this LogEvent logEvent)
    {
        var text = new StringWriter();
        s_message.Format(logEvent, text);
        return text.ToString();
    }
}
