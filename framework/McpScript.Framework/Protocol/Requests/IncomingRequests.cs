using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Protocol.Requests;

/// <summary>
/// The first filter of every request: refuses params that cannot be read (-32602, with the field), and offers a supported revision to clients that
/// initialize with another one. Thread-safe.
/// </summary>
/// <param name="log">Receives refusals, at debug level because any client can cause them.</param>
sealed partial class IncomingRequests(ILogger<IncomingRequests> log)
{
    /// <summary>Returns the filter.</summary>
    public McpMessageHandler Filter(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest request)
            Check(request);
        return next(context, cancellationToken);
    };

    void Check(JsonRpcRequest request)
    {
        if ((RequestMeta.Noted(request) ?? ParamsCheck.Problem(request.Method, request.Params)) is { } problem)
        {
            Refused(request.Id.ToString(), problem);
            throw new McpProtocolException(problem, McpErrorCode.InvalidParams);
        }
        if (request is { Method: RequestMethods.Initialize, Params: JsonObject parameters }
            && parameters["protocolVersion"]?.GetValue<string>() is { } requested
            && HandshakeRevisions.Offer(requested) is var offered && offered != requested)
            parameters["protocolVersion"] = offered;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Request {Id} is refused. {Problem}")]
    partial void Refused(string id, string problem);
}
