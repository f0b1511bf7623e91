using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace McpScript.Logging;

/// <summary>Makes each event one piece of text and hands it on. A writer that fails is Serilog's to swallow, so that no log line ever fails a call.</summary>
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

    /// <summary>The text of an event, with the line's end.</summary>
    public static string Format(ITextFormatter formatter, LogEvent logEvent)
    {
        var line = new StringWriter();
        formatter.Format(logEvent, line);
        return line.ToString();
    }
}
