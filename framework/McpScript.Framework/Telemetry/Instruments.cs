using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace McpScript.Telemetry;

/// <summary>What the program measures of itself, for whoever listens: metrics and spans, both under the name <c>McpScript</c>.</summary>
static class Instruments
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

    static readonly OpenCount s_sessions = new(s_meter, "mcpscript.http.sessions", "{session}", "Open HTTP sessions.", default(TagList));

    static readonly OpenCount s_streams = new(
        s_meter, "mcpscript.http.streams", "{stream}", "Open event streams that carry what no call asked for, by kind: GET of a session, or subscriptions/listen.",
        new TagList { { "kind", "get" } }, new TagList { { "kind", "listen" } });

    static readonly Histogram<double> s_introspections = s_meter.CreateHistogram(
        "mcpscript.oauth.introspection.duration", "s", "Questions to the authorization server about access tokens, retries included, by outcome: active, inactive, error.", tags: null, s_buckets);

    static readonly Counter<long> s_codes = s_meter.CreateCounter<long>(
        "mcpscript.gate.codes", "{code}", "One-time codes that were given, by group and outcome: accepted, wrong, used, malformed, locked_out, no_secret.");

    static readonly Counter<long> s_lockouts = s_meter.CreateCounter<long>("mcpscript.gate.lockouts", "{lockout}", "Lock-outs after too many wrong codes, by group.");

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

    /// <summary>An HTTP session was opened.</summary>
    public static void SessionOpened() => s_sessions.Add(0, 1);

    /// <summary>An HTTP session was closed.</summary>
    public static void SessionClosed() => s_sessions.Add(0, -1);

    /// <summary>Counts an event stream as open until the result is disposed.</summary>
    public static IDisposable StreamOpened(OpenStreamKind kind) => s_streams.Open((int)kind);

    /// <summary>The authorization server was asked about a token.</summary>
    /// <param name="server">The authorization server.</param>
    /// <param name="outcome"><c>active</c>, <c>inactive</c>, or <c>error</c> for no usable answer.</param>
    /// <param name="took">How long it took, with all retries.</param>
    public static void Introspected(Uri server, string outcome, TimeSpan took) =>
        s_introspections.Record(took.TotalSeconds, new TagList { { "outcome", outcome }, { "server.address", server.Host }, { "server.port", server.Port } });

    /// <summary>A one-time code was given.</summary>
    /// <param name="group">The group that it was to open.</param>
    /// <param name="outcome"><c>accepted</c>, or why not.</param>
    public static void Code(string group, string outcome) => s_codes.Add(1, new TagList { { "group", group }, { "outcome", outcome } });

    /// <summary>A caller was locked out of a group.</summary>
    public static void LockedOut(string group) => s_lockouts.Add(1, new KeyValuePair<string, object?>("group", group));

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
