using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace McpScript.Telemetry;

/// <summary>Metrics and spans of the program, both with the name <c>McpScript</c>. Safe for concurrent use.</summary>
static class Instruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "McpScript";

    static readonly Meter s_meter = new(Name);

    // From a few file system calls to the restore of a package; the default buckets of most collectors begin at 5 ms.
    static readonly InstrumentAdvice<double> s_buckets =
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] };

    static readonly Histogram<double> s_stages = s_meter.CreateHistogram(
        "mcpscript.change.stage.duration", "s",
        "Stages of a change from the disk to the clients: event, settle, read, compile, load, register, swap, notify.", tags: null, s_buckets);

    static readonly Histogram<double> s_calls = s_meter.CreateHistogram(
        "mcpscript.call.duration", "s", "Tool calls, from the first filter to the result.", tags: null, s_buckets);

    static readonly Counter<long> s_refusals = s_meter.CreateCounter<long>(
        "mcpscript.http.refusals", "{request}", "HTTP requests that were refused, by port and status.");

    static readonly Counter<long> s_droppedLines = s_meter.CreateCounter<long>(
        "mcpscript.log.dropped", "{line}", "Log lines that were dropped because stderr was not read.");

    static readonly Counter<long> s_ignored = s_meter.CreateCounter<long>(
        "mcpscript.call.arguments.ignored", "{argument}", "Arguments that a tool does not take and that were dropped (unknown_arguments: ignore).");

    static readonly OpenCount s_sessions = new(s_meter, "mcpscript.http.sessions", "{session}", "Open HTTP sessions.", default(TagList));

    static readonly OpenCount s_streams = new(
        s_meter, "mcpscript.http.streams", "{stream}", "Open event streams for unsolicited messages, by kind: GET of a session, or subscriptions/listen.",
        new TagList { { "kind", "get" } }, new TagList { { "kind", "listen" } });

    static readonly Histogram<double> s_introspections = s_meter.CreateHistogram(
        "mcpscript.oauth.introspection.duration", "s",
        "Introspection requests for access tokens, retries included, by outcome: active, inactive, error.", tags: null, s_buckets);

    static readonly Counter<long> s_codes = s_meter.CreateCounter<long>(
        "mcpscript.gate.codes", "{code}", "One-time codes that were entered, by group and outcome: accepted, wrong, used, malformed, locked_out, no_secret.");

    static readonly Counter<long> s_lockouts = s_meter.CreateCounter<long>(
        "mcpscript.gate.lockouts", "{lockout}", "Lockouts after too many wrong codes, by group.");

    /// <summary>The source of the spans.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>True if a listener is attached to calls.</summary>
    public static bool ListensToCalls => Source.HasListeners() || s_calls.Enabled;

    /// <summary>Records one stage of a change.</summary>
    public static void Stage(string stage, TimeSpan took) => s_stages.Record(took.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    /// <summary>Counts a dropped log line.</summary>
    public static void LogLineDropped() => s_droppedLines.Add(1);

    /// <summary>Counts a refused HTTP request.</summary>
    public static void Refused(string port, int status) =>
        s_refusals.Add(1, new KeyValuePair<string, object?>("port", port), new KeyValuePair<string, object?>("http.response.status_code", status));

    /// <summary>Counts dropped arguments of a call.</summary>
    public static void ArgumentsIgnored(string tool, int count) => s_ignored.Add(count, new KeyValuePair<string, object?>("gen_ai.tool.name", tool));

    /// <summary>Counts an HTTP session as open.</summary>
    public static void SessionOpened() => s_sessions.Add(0, 1);

    /// <summary>Counts an HTTP session as closed.</summary>
    public static void SessionClosed() => s_sessions.Add(0, -1);

    /// <summary>Counts an event stream as open until the result is disposed.</summary>
    public static IDisposable StreamOpened(OpenStreamKind kind) => s_streams.Open((int)kind);

    /// <summary>Records an introspection request to the authorization server.</summary>
    /// <param name="server">The authorization server.</param>
    /// <param name="outcome"><c>active</c>, <c>inactive</c>, or <c>error</c> if there was no usable answer.</param>
    /// <param name="took">The duration with all retries.</param>
    public static void Introspected(Uri server, string outcome, TimeSpan took) =>
        s_introspections.Record(took.TotalSeconds, new TagList { { "outcome", outcome }, { "server.address", server.Host }, { "server.port", server.Port } });

    /// <summary>Counts a one-time code.</summary>
    /// <param name="group">The group to unlock.</param>
    /// <param name="outcome"><c>accepted</c>, or the reason of the refusal.</param>
    public static void Code(string group, string outcome) => s_codes.Add(1, new TagList { { "group", group }, { "outcome", outcome } });

    /// <summary>Counts a lockout from a group.</summary>
    public static void LockedOut(string group) => s_lockouts.Add(1, new KeyValuePair<string, object?>("group", group));

    /// <summary>Records a finished tool call.</summary>
    /// <param name="tool">The name of the requested tool.</param>
    /// <param name="error">The kind of the error; null for none.</param>
    /// <param name="took">The duration.</param>
    public static void Call(string tool, string? error, TimeSpan took)
    {
        var tags = new TagList { { "gen_ai.tool.name", tool } };
        if (error is not null)
            tags.Add("error.type", error);
        s_calls.Record(took.TotalSeconds, tags);
    }
}
