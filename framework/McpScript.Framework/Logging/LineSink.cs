using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace McpScript.Logging;

/// <summary>Writes each event at once and in one piece. A writer that fails is Serilog's to swallow, so that no log line ever fails a call.</summary>
sealed class LineSink(ITextFormatter formatter, TextWriter output, RecentLines recent) : ILogEventSink
{
    readonly Lock _oneAtATime = new();

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        var line = new StringWriter();
        formatter.Format(logEvent, line);
        recent.Add(line.ToString().TrimEnd('\n', '\r'));
        lock (_oneAtATime)
        {
            output.Write(line.GetStringBuilder());
            output.Flush();
        }
    }
}
