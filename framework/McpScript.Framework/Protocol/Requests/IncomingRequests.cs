using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Protocol.Requests;

/// <summary>
/// The first step of every request: refuses params that cannot be read (-32602, with the field), and offers a revision that we speak to clients that
/// initialize with another.
/// </summary>
/// <param name="log">Told of refusals, at debug level: any client can cause them.</param>
sealed partial class IncomingRequests(ILogger<IncomingRequests> log)
{
    /// <summary>The filter.</summary>
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
        if (request is { Method: RequestMethods.Initialize, Params: JsonObject parameters } && parameters["protocolVersion"]?.GetValue<string>() is { } asked
            && HandshakeRevisions.Offer(asked) is var offered && offered != asked)
            parameters["protocolVersion"] = offered;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Request {Id} is refused. {Problem}")]
    partial void Refused(string id, string problem);
}
