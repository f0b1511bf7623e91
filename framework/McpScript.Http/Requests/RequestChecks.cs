using McpScript.Protocol.Requests;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>Checks a message and its headers before a server gets it, in the order that the protocol expects.</summary>
static class RequestChecks
{
    static readonly HashSet<string> RemovedMethods =
    [
        RequestMethods.Initialize, RequestMethods.Ping, RequestMethods.LoggingSetLevel, RequestMethods.ResourcesSubscribe, RequestMethods.ResourcesUnsubscribe,
    ];

    /// <summary>Returns the error for an unsupported revision; null if it is supported or none is declared.</summary>
    public static Rejection? RefuseVersion(string version) => IsSpoken(version) ? null : HttpProtocolVersions.NotSpoken(version, HttpProtocolVersions.All);

    /// <summary>Returns the first error in the message and its headers; null if there is none.</summary>
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
        if (message is JsonRpcRequest request && RequestMeta.Problem(request) is { } problem)
            return Rejection.InvalidParams(problem);
        if (RefuseEnvelope(exchange.Version, message) is { } mismatch)
            return mismatch;
        if (!exchange.IsStateless)
            return null;
        return RoutingHeaders.Refuse(exchange.Headers, message) ?? RefuseStatelessRequest(exchange.Version, message as JsonRpcRequest);
    }

    static bool IsSpoken(string version) => version.Length == 0 || HttpProtocolVersions.All.Contains(version);

    // A client may name a newer revision in the header of its initialize request too; the response offers a supported one.
    static bool IsOffer(string version, JsonRpcMessage message) =>
        message is JsonRpcRequest { Method: RequestMethods.Initialize } && MessageFields.Text(MessageFields.ParamsOf(message), "protocolVersion") == version;

    // A client that declares a revision in the body can use only those that server/discover lists; one that initializes can use all.
    static string[] UsefulTo(JsonRpcMessage message)
    {
        var meta = MessageFields.Object(MessageFields.ParamsOf(message), "_meta");
        return MessageFields.Text(meta, MetaKeys.ProtocolVersion) is null ? HttpProtocolVersions.All : HttpProtocolVersions.Stateless;
    }

    // If the header and the body both declare a revision, it must be the same.
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
        {
            // A notification gets no error response, and refusing one could lose a cancellation.
            return message is JsonRpcNotification
                ? null
                : Rejection.InvalidParams($"Requests of protocol version '{version}' need '_meta/{MetaKeys.ProtocolVersion}'.");
        }
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
