using McpScript.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpScript.Http.Requests;

/// <summary>
/// Log of refused requests. Logs the first of a kind (port and status) in full and counts those of the following minute, so that callers cannot fill the
/// log. Safe for concurrent use.
/// </summary>
sealed partial class RefusalLog(ILogger<RefusalLog> log, TimeProvider time)
{
    const int LongestReason = 300;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    static readonly object Reason = new();

    readonly Lock _lock = new();
    readonly Dictionary<(string Port, int Status), Counted> _counted = [];

    /// <summary>Stores the reason of a refusal for the log.</summary>
    public static void Explain(HttpContext context, string why) => context.Items[Reason] = why;

    /// <summary>Logs or counts a refused request.</summary>
    public void Add(HttpContext context, string port)
    {
        var status = context.Response.StatusCode;
        Instruments.Refused(port, status);
        var remote = RequestText.Remote(context);
        if (!IsFirst((port, status), remote))
            return;
        var why = context.Items.TryGetValue(Reason, out var reason) && reason is string text ? RequestText.Plain(text, LongestReason) : "no reason was noted";
        // A wrong token at the management port is an attack or an operator's mistake; MCP clients normally try without a token first.
        var level = port is "management" && status is 401 or 403 ? LogLevel.Warning : LogLevel.Information;
        Refused(level, port, context.Request.Method, RequestText.Path(context.Request), remote, status, why);
    }

    bool IsFirst((string Port, int Status) kind, string remote)
    {
        lock (_lock)
        {
            if (_counted.TryGetValue(kind, out var counted))
            {
                (counted.More, counted.Last) = (counted.More + 1, remote);
                return false;
            }
            counted = _counted[kind] = new();
            counted.End = time.CreateTimer(_ => Conclude(kind), null, Window, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    void Conclude((string Port, int Status) kind)
    {
        Counted? counted;
        lock (_lock)
            if (!_counted.Remove(kind, out counted))
                return;
        counted.End?.Dispose();
        if (counted.More > 0)
            MoreRefused(counted.More, kind.Port, kind.Status, counted.Last);
    }

    [LoggerMessage(Message = "Refused at {Port}: {Method} {Path} from {Remote}, {Status}: {Reason}")]
    partial void Refused(LogLevel level, string port, string method, string path, string remote, int status, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message =
        "{Count} more requests were refused at {Port} with {Status} within a minute, the last from {Remote}.")]
    partial void MoreRefused(int count, string port, int status, string remote);

    sealed class Counted
    {
        public ITimer? End;
        public int More;
        public string Last = "";
    }
}
