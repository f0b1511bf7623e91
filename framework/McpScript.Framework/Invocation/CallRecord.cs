using System.Collections.Immutable;
using System.Text.Json;
using McpScript.CallLog;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>
/// Facts about a tool call for its log entry. May outlive the request: a suspended call continues in another request, and is logged when it is abandoned.
/// Holds no objects of the plugin.
/// </summary>
sealed class CallRecord
{
    // Enough of a session id to distinguish sessions, but not enough to use one.
    const int SessionShown = 8;

    // Clients choose request ids.
    const int LongestId = 64;

    readonly ToolCallLog _log;
    readonly string? _session;
    readonly string? _principal;
    readonly string? _client;
    readonly string? _requestId;
    string _tool = "";
    long _started;
    ImmutableArray<KeyValuePair<string, JsonElement>> _params = [];

    /// <param name="log">The log, which has the clock, and receives the entry if the call is abandoned.</param>
    /// <param name="call">The call.</param>
    public CallRecord(ToolCallLog log, CallContext call)
    {
        (_log, _started) = (log, log.Time.GetTimestamp());
        StandFor(call.Request.Params);
        _session = call.Request.Server.SessionId is { } session ? session[..Math.Min(session.Length, SessionShown)] : null;
        _principal = call.Caller?.Name;
        _client = ClientName.Of(call.Request);
        _requestId = Truncation.Beginning(call.Request.JsonRpcRequest.Id.ToString(), LongestId);
    }

    /// <summary>Name of the plugin that serves the call; null before it is known.</summary>
    public string? Plugin { get; set; }

    /// <summary>Kind of failure, if the result alone does not show it.</summary>
    public CallErrorKind? Failure { get; set; }

    /// <summary>Sets tool and arguments from the params of a request.</summary>
    public void StandFor(CallToolRequestParams? request)
    {
        _tool = request?.Name ?? "";
        // A copy, because a tool that gets the request may change its arguments.
        _params = request?.Arguments is { Count: > 0 } arguments ? [.. arguments] : [];
    }

    /// <summary>Takes over start time, arguments and plugin of the request that began the call.</summary>
    public void Continue(CallRecord? earlier)
    {
        if (earlier is not null)
            (_started, _params, Plugin) = (earlier._started, earlier._params, earlier.Plugin);
    }

    /// <summary>Creates the entry.</summary>
    /// <param name="ok">True for a call without an error.</param>
    /// <param name="error">Kind of failure.</param>
    /// <param name="result">Result or error text; only its beginning is needed.</param>
    /// <param name="resultLength">Length of the complete text, in characters.</param>
    public ToolCall Finish(bool ok, CallErrorKind error, string result, int resultLength) => new()
    {
        Time = _log.Time.GetLocalNow(),
        Tool = _tool,
        Params = _params,
        Result = result,
        ResultLength = resultLength,
        Ok = ok,
        Error = error,
        Duration = _log.Time.GetElapsedTime(_started),
        Plugin = Plugin,
        Session = _session,
        Principal = _principal,
        Client = _client,
        RequestId = _requestId,
    };

    /// <summary>Queues the entry of a suspended call that ended without another request.</summary>
    public void Abandon(string reason) => _log.Add(Finish(false, CallErrorKind.Cancelled, reason, reason.Length));
}
