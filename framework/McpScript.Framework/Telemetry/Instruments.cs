using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace McpScript.Telemetry;

/// <summary>Metrics and spans of the program, both with the name <c>McpScript</c>. Safe for concurrent use.</summary>
static class Instruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "McpScript";

    static readonly Meter Meter = new(Name);

    // From a few file system calls to the restore of a package; the default buckets of most collectors begin at 5 ms.
    static readonly InstrumentAdvice<double> Buckets =
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] };

    static readonly Histogram<double> Stages = Meter.CreateHistogram(
        "mcpscript.change.stage.duration", "s",
        "Stages of a change from the disk to the clients: event, settle, read, compile, load, register, swap, notify.", tags: null, Buckets);

    static readonly Histogram<double> Calls = Meter.CreateHistogram(
        "mcpscript.call.duration", "s", "Tool calls, from the first filter to the result.", tags: null, Buckets);

    static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "mcpscript.http.refusals", "{request}", "HTTP requests that were refused, by port and status.");

    static readonly Counter<long> DroppedLines = Meter.CreateCounter<long>(
        "mcpscript.log.dropped", "{line}", "Log lines that were dropped because stderr was not read.");

    static readonly Counter<long> Ignored = Meter.CreateCounter<long>(
        "mcpscript.call.arguments.ignored", "{argument}", "Arguments that a tool does not take and that were dropped (unknown_arguments: ignore).");

    static readonly OpenCount Sessions = new(Meter, "mcpscript.http.sessions", "{session}", "Open HTTP sessions.", default(TagList));

    static readonly OpenCount Streams = new(
        Meter, "mcpscript.http.streams", "{stream}", "Open event streams for unsolicited messages, by kind: GET of a session, or subscriptions/listen.",
        new TagList { { "kind", "get" } }, new TagList { { "kind", "listen" } });

    static readonly Histogram<double> Introspections = Meter.CreateHistogram(
        "mcpscript.oauth.introspection.duration", "s",
        "Introspection requests for access tokens, retries included, by outcome: active, inactive, error.", tags: null, Buckets);

    static readonly Counter<long> Codes = Meter.CreateCounter<long>(
        "mcpscript.gate.codes", "{code}", "One-time codes that were entered, by group and outcome: accepted, wrong, used, malformed, locked_out, no_secret.");

    static readonly Counter<long> Lockouts = Meter.CreateCounter<long>(
        "mcpscript.gate.lockouts", "{lockout}", "Lockouts after too many wrong codes, by group.");

    /// <summary>The source of the spans.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>True if a listener is attached to calls.</summary>
    public static bool ListensToCalls => Source.HasListeners() || Calls.Enabled;

    /// <summary>Records one stage of a change.</summary>
    public static void Stage(string stage, TimeSpan took) => Stages.Record(took.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    /// <summary>Counts a dropped log line.</summary>
    public static void LogLineDropped() => DroppedLines.Add(1);

    /// <summary>Counts a refused HTTP request.</summary>
    public static void Refused(string port, int status) =>
        Refusals.Add(1, new KeyValuePair<string, object?>("port", port), new KeyValuePair<string, object?>("http.response.status_code", status));

    /// <summary>Counts dropped arguments of a call.</summary>
    public static void ArgumentsIgnored(string tool, int count) => Ignored.Add(count, new KeyValuePair<string, object?>("gen_ai.tool.name", tool));

    /// <summary>Counts an HTTP session as open.</summary>
    public static void SessionOpened() => Sessions.Add(0, 1);

    /// <summary>Counts an HTTP session as closed.</summary>
    public static void SessionClosed() => Sessions.Add(0, -1);

    /// <summary>Counts an event stream as open until the result is disposed.</summary>
    public static IDisposable StreamOpened(OpenStreamKind kind) => Streams.Open((int)kind);

    /// <summary>Records an introspection request to the authorization server.</summary>
    /// <param name="server">The authorization server.</param>
    /// <param name="outcome"><c>active</c>, <c>inactive</c>, or <c>error</c> if there was no usable answer.</param>
    /// <param name="took">The duration with all retries.</param>
    public static void Introspected(Uri server, string outcome, TimeSpan took) =>
        Introspections.Record(took.TotalSeconds, new TagList { { "outcome", outcome }, { "server.address", server.Host }, { "server.port", server.Port } });

    /// <summary>Counts a one-time code.</summary>
    /// <param name="group">The group to unlock.</param>
    /// <param name="outcome"><c>accepted</c>, or the reason of the refusal.</param>
    public static void Code(string group, string outcome) => Codes.Add(1, new TagList { { "group", group }, { "outcome", outcome } });

    /// <summary>Counts a lockout from a group.</summary>
    public static void LockedOut(string group) => Lockouts.Add(1, new KeyValuePair<string, object?>("group", group));

    /// <summary>Records a finished tool call.</summary>
    /// <param name="tool">The name of the requested tool.</param>
    /// <param name="error">The kind of the error; null for none.</param>
    /// <param name="took">The duration.</param>
    public static void Call(string tool, string? error, TimeSpan took)
    {
        var tags = new TagList { { "gen_ai.tool.name", tool } };
        if (error is not null)
            tags.Add("error.type", error);
        Calls.Record(took.TotalSeconds, tags);
    }
}
