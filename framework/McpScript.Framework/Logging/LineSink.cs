using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace McpScript.Logging;

/// <summary>Writes each event at once and in one piece. A writer that fails is Serilog's to swallow, so that no log line ever fails a call.</summary>
sealed class LineSink(ITextFormatter formatter, TextWriter output) : ILogEventSink
{
    readonly Lock _oneAtATime = new();

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        var line = new StringWriter();
        formatter.Format(logEvent, line);
        lock (_oneAtATime)
        {
            output.Write(line.GetStringBuilder());
            output.Flush();
        }
    }
}
