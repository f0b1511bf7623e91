using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace McpScript.Logging;

/// <summary>Formats events for readers: <c>2026-11-22 05:08:41,019 [logger] INFO: message</c>, further lines and the exception indented below.</summary>
sealed class TextLineFormatter : ITextFormatter
{
    const string Indent = "    ";

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        var time = logEvent.Timestamp.ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture);
        var message = logEvent.Message().TrimEnd();
        var text = logEvent.Exception is { } exception ? $"{message}\n{exception}" : message;
        output.Write($"{time} [{logEvent.LoggerName()}] {logEvent.LevelWord()}: ");
        output.Write(Printable(text.ReplaceLineEndings("\n")).Replace("\n", "\n" + Indent, StringComparison.Ordinal));
        output.Write('\n');
    }

    // Messages contain texts of plugins and clients: their escape sequences must not reach the operator's terminal, and their lines must not look like ours.
    static string Printable(string text) =>
        text.Any(IsUnprintable) ? string.Concat(text.Select(c => IsUnprintable(c) ? $"\\u{(int)c:x4}" : c.ToString())) : text;

    static bool IsUnprintable(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
