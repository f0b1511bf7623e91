using System.Collections.Immutable;
using System.Text.Json;
using McpScript.CallLog;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>What is known of a tool call while it runs. Whoever learns something on the way notes it here; without a log there is none.</summary>
sealed class CallRecord
{
    const string ItemKey = "McpScript.CallRecord";

    // Tells sessions apart, and opens none.
    const int SessionShown = 8;

    // Callers choose them.
    const int LongestId = 64;

    readonly ToolCallLog _log;
    readonly string? _session;
    readonly string? _principal;
    readonly string? _client;
    readonly string? _requestId;
    long _started;
    ImmutableArray<KeyValuePair<string, JsonElement>> _params = [];

    CallRecord(ToolCallLog log, RequestContext<CallToolRequestParams> request)
    {
        (_log, _started) = (log, log.Time.GetTimestamp());
        Tool = "";
        StandFor(request.Params);
        _session = request.Server.SessionId is { } session ? session[..Math.Min(session.Length, SessionShown)] : null;
        _principal = PrincipalName.Of(request.User);
        _client = ClientName.Of(request);
        _requestId = Cut.Beginning(request.JsonRpcRequest.Id.ToString(), LongestId);
    }

    /// <summary>The tool's name.</summary>
    public string Tool { get; private set; }

    /// <summary>The plugin that serves the call; null as long as none does.</summary>
    public string? Plugin { get; set; }

    /// <summary>What kind of failure it is, if the answer alone does not tell.</summary>
    public CallErrorKind? Failure { get; set; }

    /// <summary>The record of a request; null if calls are not logged.</summary>
    public static CallRecord? Of(MessageContext request) =>
        // Not request.Items: reading it makes a dictionary for every call.
        request.JsonRpcMessage.Context?.Items is { } items && items.TryGetValue(ItemKey, out var item) ? item as CallRecord : null;

    /// <summary>A record for a request, known to those who handle it further in until it is disposed.</summary>
    public static Attached Begin(ToolCallLog log, RequestContext<CallToolRequestParams> request)
    {
        var outer = Of(request);
        var record = new CallRecord(log, request);
        request.Items[ItemKey] = record;
        return new(request.Items, record, outer);
    }

    /// <summary>Takes tool and arguments from what the request asks for now: proxy__run becomes the call that it stands for.</summary>
    public void StandFor(CallToolRequestParams? asked)
    {
        Tool = asked?.Name ?? "";
        // A copy: a tool that is given the request may change them.
        _params = asked?.Arguments is { Count: > 0 } arguments ? [.. arguments] : [];
    }

    /// <summary>Goes on with a call that began with an earlier request: its time, its arguments and its plugin count.</summary>
    public void Continue(CallRecord? earlier)
    {
        if (earlier is not null)
            (_started, _params, Plugin) = (earlier._started, earlier._params, earlier.Plugin);
    }

    /// <summary>The call is over.</summary>
    /// <param name="ok">True if it went well.</param>
    /// <param name="error">What kind of failure it was.</param>
    /// <param name="result">The answer, or what went wrong; its beginning is enough.</param>
    /// <param name="resultLength">How long the whole of it is.</param>
    public ValueTask FinishAsync(bool ok, CallErrorKind error, string result, int resultLength) => _log.WriteAsync(new()
    {
        Time = _log.Time.GetLocalNow(),
        Tool = Tool,
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

    /// <summary>The call ended while nobody was listening.</summary>
    public void Abandon(string reason) => _ = FinishAsync(false, CallErrorKind.Cancelled, reason, reason.Length);

    /// <summary>A record while its request is handled. A call may be made within another (proxy__run): then the outer one is known again afterwards.</summary>
    public readonly struct Attached(IDictionary<string, object?> items, CallRecord record, CallRecord? outer) : IDisposable
    {
        /// <summary>The record.</summary>
        public CallRecord Record => record;

        /// <inheritdoc/>
        public void Dispose() => items[ItemKey] = outer;
    }
}
