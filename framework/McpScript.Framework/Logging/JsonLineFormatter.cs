using System.Globalization;
using System.Text.Json;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Json;

namespace McpScript.Logging;

/// <summary>
/// Formats events for programs: one JSON object per line, beginning with <c>ts</c>, <c>level</c>, <c>logger</c>, <c>msg</c> and, if there is an exception,
/// <c>error</c>; then the event's name and values.
/// </summary>
sealed class JsonLineFormatter : ITextFormatter
{
    static readonly JsonValueFormatter Values = new(typeTagName: null);

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        var written = new HashSet<string>();
        output.Write('{');
        Text("ts", logEvent.Timestamp.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture), written, output);
        Text("level", logEvent.LevelWord(), written, output);
        Text("logger", logEvent.LoggerName(), written, output);
        Text("msg", logEvent.Message(), written, output);
        if (logEvent.Exception is { } exception)
            Text("error", exception.ToString(), written, output);
        foreach (var (name, value) in logEvent.Properties.OrderBy(property => property.Key, StringComparer.Ordinal))
            Property(name, value, written, output);
        output.Write("}\n");
    }

    static void Property(string name, LogEventPropertyValue value, HashSet<string> written, TextWriter output)
    {
        if (name == Constants.SourceContextPropertyName)
            return;
        if (name != "EventId")
            Value(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), value, written, output);
        else if (value is StructureValue id && id.Properties.FirstOrDefault(property => property.Name == "Name") is { } eventName)
            Value("event", eventName.Value, written, output);
    }

    static void Text(string name, string text, HashSet<string> written, TextWriter output) => Value(name, new ScalarValue(text), written, output);

    static void Value(string name, LogEventPropertyValue value, HashSet<string> written, TextWriter output)
    {
        // A value named Level must not replace the level of the line.
        while (!written.Add(name))
            name += "_";
        if (written.Count > 1)
            output.Write(',');
        JsonValueFormatter.WriteQuotedJsonString(name, output);
        output.Write(':');
        Values.Format(value, output);
    }
}
