using McpScript.Protocol.Requests;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>Says what is wrong with a message and its headers before any server sees it, in the order that the protocol expects.</summary>
static class RequestChecks
{
    static readonly HashSet<string> RemovedMethods =
    [
        RequestMethods.Initialize, RequestMethods.Ping, RequestMethods.LoggingSetLevel, RequestMethods.ResourcesSubscribe, RequestMethods.ResourcesUnsubscribe,
    ];

    /// <summary>What is wrong with the declared revision, if anything. None declared is fine.</summary>
    public static Rejection? RefuseVersion(string version) => IsSpoken(version) ? null : HttpProtocolVersions.NotSpoken(version, HttpProtocolVersions.All);

    /// <summary>What is wrong with the message, if anything.</summary>
    public static Rejection? Refuse(McpHttpRequest exchange, JsonRpcMessage message)
    {
        if (!IsSpoken(exchange.Version))
        {
            if (!IsOffer(exchange.Version, message))
                return HttpProtocolVersions.NotSpoken(exchange.Version, UsefulTo(message));
            exchange.IgnoreVersion();
        }
        if (message is not (JsonRpcRequest or JsonRpcNotification))
            return null;
        if (message is JsonRpcRequest asked && RequestMeta.Problem(asked) is { } problem)
            return Rejection.InvalidParams(problem);
        if (RefuseEnvelope(exchange.Version, message) is { } mismatch)
            return mismatch;
        if (!exchange.IsStateless)
            return null;
        return RoutingHeaders.Refuse(exchange.Headers, message) ?? RefuseStatelessRequest(exchange.Version, message as JsonRpcRequest);
    }

    static bool IsSpoken(string version) => version.Length == 0 || HttpProtocolVersions.All.Contains(version);

    // A client of a revision to come may name it in the header of its initialize too; the answer offers one that we speak.
    static bool IsOffer(string version, JsonRpcMessage message) =>
        message is JsonRpcRequest { Method: RequestMethods.Initialize } && MessageFields.Text(MessageFields.ParamsOf(message), "protocolVersion") == version;

    // Who declares a revision in the body can only use those that server/discover lists; whoever initializes may use any.
    static string[] UsefulTo(JsonRpcMessage message) =>
        MessageFields.Text(MessageFields.Object(MessageFields.ParamsOf(message), "_meta"), MetaKeys.ProtocolVersion) is null ? HttpProtocolVersions.All : HttpProtocolVersions.Stateless;

    // The header and the body must declare the same revision, wherever both do.
    static Rejection? RefuseEnvelope(string version, JsonRpcMessage message)
    {
        var parameters = MessageFields.ParamsOf(message);
        if (message is JsonRpcRequest { Method: RequestMethods.Initialize } && version.Length > 0
            && MessageFields.Text(parameters, "protocolVersion") is { } initialize && initialize != version)
            return Rejection.HeaderMismatch($"The {McpHeaders.ProtocolVersion} header says '{version}', params.protocolVersion says '{initialize}'.");

        var declared = MessageFields.Text(MessageFields.Object(parameters, "_meta"), MetaKeys.ProtocolVersion);
        if (!HttpProtocolVersions.IsStateless(version) && !HttpProtocolVersions.IsStateless(declared))
            return null;
        if (version.Length == 0)
            return Rejection.HeaderMismatch($"The body declares protocol version '{declared}', but there is no {McpHeaders.ProtocolVersion} header.");
        if (string.IsNullOrEmpty(declared))
            // Notifications have nobody to tell, and refusing one would lose a cancellation.
            return message is JsonRpcNotification ? null : Rejection.InvalidParams($"Requests of protocol version '{version}' need '_meta/{MetaKeys.ProtocolVersion}'.");
        return declared == version
            ? null
            : Rejection.HeaderMismatch($"The {McpHeaders.ProtocolVersion} header says '{version}', _meta/{MetaKeys.ProtocolVersion} says '{declared}'.");
    }

    static Rejection? RefuseStatelessRequest(string version, JsonRpcRequest? request)
    {
        if (request is null)
            return null;
        if (MessageFields.Object(MessageFields.Object(MessageFields.ParamsOf(request), "_meta"), MetaKeys.ClientCapabilities) is null)
            return Rejection.InvalidParams($"Requests of protocol version '{version}' need '_meta/{MetaKeys.ClientCapabilities}' as an object.");
        return RemovedMethods.Contains(request.Method)
            ? new(404, (int)ModelContextProtocol.McpErrorCode.MethodNotFound, $"Method '{request.Method}' is not available in protocol version '{version}'.")
            : null;
    }
}
