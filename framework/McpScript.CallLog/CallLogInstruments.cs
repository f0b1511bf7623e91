using System.Diagnostics.Metrics;

namespace McpScript.CallLog;

/// <summary>Metrics of the call log, in the meter <c>McpScript</c>.</summary>
static class CallLogInstruments
{
    static readonly Meter Meter = new("McpScript");

    static readonly Counter<long> DroppedEntries = Meter.CreateCounter<long>(
        "mcpscript.call.log.dropped", "{entry}",
        "Entries of the call log that were lost, by the logger that could not write them; 'queue' where nothing was written in time.");

    /// <summary>Counts lost entries of the call log.</summary>
    /// <param name="logger">The logger that could not write them, or <c>queue</c>.</param>
    /// <param name="count">Number of entries.</param>
    public static void Dropped(string logger, long count) => DroppedEntries.Add(count, new KeyValuePair<string, object?>("logger", logger));
}
