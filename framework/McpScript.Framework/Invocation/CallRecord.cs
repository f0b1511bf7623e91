using System.Collections.Immutable;
using System.Text.Json;
using McpScript.CallLog;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>
/// Facts of a tool call for its log entry. May outlive the request: a suspended call goes on with another one, and is logged when it is abandoned. Holds
/// nothing of the plugin's.
/// </summary>
sealed class CallRecord
{
    // Tells sessions apart, and opens none.
    const int SessionShown = 8;

    // Callers choose them.
    const int LongestId = 64;

    readonly ToolCallLog _log;
    readonly string? _session;
    readonly string? _principal;
    readonly string? _client;
    readonly string? _requestId;
    string _tool = "";
    long _started;
    ImmutableArray<KeyValuePair<string, JsonElement>> _params = [];

    /// <param name="log">Takes the entry.</param>
    /// <param name="call">The call.</param>
    public CallRecord(ToolCallLog log, CallContext call)
    {
        (_log, _started) = (log, log.Time.GetTimestamp());
        StandFor(call.Request.Params);
        _session = call.Request.Server.SessionId is { } session ? session[..Math.Min(session.Length, SessionShown)] : null;
        _principal = call.Caller?.Name;
        _client = ClientName.Of(call.Request);
        _requestId = Cut.Beginning(call.Request.JsonRpcRequest.Id.ToString(), LongestId);
    }

    /// <summary>Name of the plugin that serves the call; null as long as none does.</summary>
    public string? Plugin { get; set; }

    /// <summary>Kind of failure, if the result alone does not show it.</summary>
    public CallErrorKind? Failure { get; set; }

    /// <summary>Takes tool and arguments from the params of a request.</summary>
    public void StandFor(CallToolRequestParams? asked)
    {
        _tool = asked?.Name ?? "";
        // A copy: a tool that is given the request may change them.
        _params = asked?.Arguments is { Count: > 0 } arguments ? [.. arguments] : [];
    }

    /// <summary>Takes time, arguments and plugin of the request that began the call.</summary>
    public void Continue(CallRecord? earlier)
    {
        if (earlier is not null)
            (_started, _params, Plugin) = (earlier._started, earlier._params, earlier.Plugin);
    }

    /// <summary>Writes the entry.</summary>
    /// <param name="ok">True for a call without an error.</param>
    /// <param name="error">Kind of failure.</param>
    /// <param name="result">Result or error text; its beginning is enough.</param>
    /// <param name="resultLength">Length of the whole text, in characters.</param>
    public ValueTask FinishAsync(bool ok, CallErrorKind error, string result, int resultLength) => _log.WriteAsync(new()
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
    });

    /// <summary>Writes the entry of a call that ended without a request to answer.</summary>
    public void Abandon(string reason) => _ = FinishAsync(false, CallErrorKind.Cancelled, reason, reason.Length).AsTask();
}
