using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace McpScript.Logging;

/// <summary>Formats each event as one text and writes it. Serilog ignores exceptions of the writer, so that a log line never causes a call to fail.</summary>
sealed class LineSink(ITextFormatter formatter, Action<string> write, RecentLines recent) : ILogEventSink
{
    readonly Lock _oneAtATime = new();

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        var line = Format(formatter, logEvent);
        recent.Add(line.TrimEnd('\n', '\r'));
        lock (_oneAtATime)
            write(line);
    }

    /// <summary>Returns the text of an event, with the line end.</summary>
    public static string Format(ITextFormatter formatter, LogEvent logEvent)
    {
        var line = new StringWriter();
        formatter.Format(logEvent, line);
        return line.ToString();
    }
}
