using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace McpScript.Telemetry;

/// <summary>What the program measures of itself, for whoever listens: metrics and spans, both under the name <c>McpScript</c>.</summary>
public static class Instruments
{
    /// <summary>The name of the meter and of the source of spans.</summary>
    public const string Name = "McpScript";

    static readonly Meter s_meter = new(Name);

    // From a stat or two to a restored package; the defaults of most collectors begin at 5 ms.
    static readonly InstrumentAdvice<double> s_buckets = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] };

    static readonly Histogram<double> s_stages = s_meter.CreateHistogram(
        "mcpscript.change.stage.duration", "s", "The parts of a change's way from the disk to the clients: event, settle, read, compile, load, register, swap, notify.", tags: null, s_buckets);

    static readonly Histogram<double> s_calls = s_meter.CreateHistogram("mcpscript.call.duration", "s", "Tool calls, from the first filter to the result.", tags: null, s_buckets);

    static readonly Counter<long> s_refusals = s_meter.CreateCounter<long>("mcpscript.http.refusals", "{request}", "HTTP requests that were refused, by port and status.");

    static readonly Counter<long> s_droppedLines = s_meter.CreateCounter<long>("mcpscript.log.dropped", "{line}", "Log lines that were dropped because stderr was not read.");

    static readonly Counter<long> s_ignored = s_meter.CreateCounter<long>(
        "mcpscript.call.arguments.ignored", "{argument}", "Arguments that a tool does not take and that were dropped (unknown_arguments: ignore).");

    /// <summary>Makes the spans.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>True if somebody listens to calls.</summary>
    public static bool ListensToCalls => Source.HasListeners() || s_calls.Enabled;

    /// <summary>One part of a change is over.</summary>
    public static void Stage(string stage, TimeSpan took) => s_stages.Record(took.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    /// <summary>A log line was dropped.</summary>
    public static void LogLineDropped() => s_droppedLines.Add(1);

    /// <summary>An HTTP request was refused.</summary>
    public static void Refused(string port, int status) =>
        s_refusals.Add(1, new KeyValuePair<string, object?>("port", port), new KeyValuePair<string, object?>("http.response.status_code", status));

    /// <summary>Unknown arguments of a call were dropped.</summary>
    public static void ArgumentsIgnored(string tool, int count) => s_ignored.Add(count, new KeyValuePair<string, object?>("gen_ai.tool.name", tool));

    /// <summary>A tool call is over.</summary>
    /// <param name="tool">The tool's name as it was asked for.</param>
    /// <param name="error">What went wrong, in a word; null for nothing.</param>
    /// <param name="took">How long it took.</param>
    public static void Call(string tool, string? error, TimeSpan took)
    {
        var tags = new TagList { { "gen_ai.tool.name", tool } };
        if (error is not null)
            tags.Add("error.type", error);
        s_calls.Record(took.TotalSeconds, tags);
    }
}
