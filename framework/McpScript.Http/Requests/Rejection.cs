using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>Error response for a refused request: the HTTP status, the JSON-RPC error code, and the message for the client.</summary>
sealed record Rejection(int Status, int Code, string Message)
{
    /// <summary>JSON-RPC error code for errors of HTTP.</summary>
    public const int Transport = -32000;

    /// <summary>JSON-RPC error code that other MCP SDKs use for an unknown session.</summary>
    public const int UnknownSession = -32001;

    static readonly JsonTypeInfo<JsonRpcError> ErrorType = (JsonTypeInfo<JsonRpcError>)McpJsonUtilities.ProtocolOptions.GetTypeInfo(typeof(JsonRpcError));

    /// <summary>The error's data; null for none.</summary>
    public JsonNode? Details { get; init; }

    /// <summary>The id of the refused request, if it could be read from a body that is not a valid message.</summary>
    public RequestId Id { get; init; }

    /// <summary>The value of the Allow header for a method that is not allowed; null for none.</summary>
    public string? Allow { get; init; }

    /// <summary>The seconds after which the client may try again; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Returns a 400 for a body that is not a JSON-RPC message.</summary>
    public static Rejection NotAMessage(string why) => new(400, (int)McpErrorCode.InvalidRequest, $"The body is not one JSON-RPC message: {why}");

    /// <summary>Returns a 400 for a body that is not JSON.</summary>
    public static Rejection NotJson(string why) => new(400, (int)McpErrorCode.ParseError, $"The body is not JSON: {why}");

    /// <summary>Returns a 400 for a header that contradicts the body.</summary>
    public static Rejection HeaderMismatch(string why) => new(400, (int)McpErrorCode.HeaderMismatch, why);

    /// <summary>Returns a 400 for parameters that lack a required member.</summary>
    public static Rejection InvalidParams(string why) => new(400, (int)McpErrorCode.InvalidParams, why);

    /// <summary>Returns a 400 for an error of the transport.</summary>
    public static Rejection BadRequest(string why) => new(400, Transport, why);

    /// <summary>Writes this error as the response to the request with the given id.</summary>
    public async Task WriteAsync(HttpContext context, RequestId id = default)
    {
        RefusalLog.Explain(context, Message);
        var response = context.Response;
        response.StatusCode = Status;
        if (Allow is not null)
            response.Headers.Allow = Allow;
        if (RetryAfter is not null)
            response.Headers.RetryAfter = RetryAfter;
        // The headers of an event stream may be set already; this response is not one.
        response.Headers.ContentEncoding = default;
        response.Headers.Remove("X-Accel-Buffering");
        await response.WriteAsJsonAsync(ToError(id), ErrorType, contentType: "application/json", context.RequestAborted);
    }

    /// <summary>Returns this error as a JSON-RPC message.</summary>
    public JsonRpcError ToError(RequestId id) => new() { Id = id, Error = new JsonRpcErrorDetail { Code = Code, Message = Message, Data = Details } };
}
