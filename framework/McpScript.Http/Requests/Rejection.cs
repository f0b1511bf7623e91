using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>A request that is refused: the HTTP status, the JSON-RPC error code, and what to tell the client.</summary>
sealed record Rejection(int Status, int Code, string Message)
{
    /// <summary>The code of errors that are about HTTP, not about JSON-RPC.</summary>
    public const int Transport = -32000;

    /// <summary>The code by which the other SDKs know an unknown session.</summary>
    public const int UnknownSession = -32001;

    static readonly JsonTypeInfo<JsonRpcError> ErrorType = (JsonTypeInfo<JsonRpcError>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcError));

    /// <summary>The error's data, if it has any.</summary>
    public JsonNode? Details { get; init; }

    /// <summary>The id of the request that it answers, if that could be read from a body that is no message.</summary>
    public RequestId Id { get; init; }

    /// <summary>The value of the Allow header, if the method was wrong.</summary>
    public string? Allow { get; init; }

    /// <summary>The seconds after which to try again, if that may help.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>A 400 for a body that is no JSON-RPC message.</summary>
    public static Rejection NotAMessage(string why) => new(400, (int)McpErrorCode.InvalidRequest, $"The body is not one JSON-RPC message: {why}");

    /// <summary>A 400 for a body that is no JSON.</summary>
    public static Rejection NotJson(string why) => new(400, (int)McpErrorCode.ParseError, $"The body is not JSON: {why}");

    /// <summary>A 400 for a header that contradicts the body.</summary>
    public static Rejection HeaderMismatch(string why) => new(400, (int)McpErrorCode.HeaderMismatch, why);

    /// <summary>A 400 for parameters that lack what every request must have.</summary>
    public static Rejection InvalidParams(string why) => new(400, (int)McpErrorCode.InvalidParams, why);

    /// <summary>A 400 about the transport.</summary>
    public static Rejection BadRequest(string why) => new(400, Transport, why);

    /// <summary>Answers with this rejection, for the request with the given id.</summary>
    public async Task WriteAsync(HttpContext context, RequestId id = default)
    {
        RefusalLog.Explain(context, Message);
        var response = context.Response;
        response.StatusCode = Status;
        if (Allow is not null)
            response.Headers.Allow = Allow;
        if (RetryAfter is not null)
            response.Headers.RetryAfter = RetryAfter;
        // An event stream's headers may be set already; this answer is none.
        response.Headers.ContentEncoding = default;
        response.Headers.Remove("X-Accel-Buffering");
        await response.WriteAsJsonAsync(ToError(id), ErrorType, contentType: "application/json", context.RequestAborted);
    }

    /// <summary>The same as a JSON-RPC message.</summary>
    public JsonRpcError ToError(RequestId id) => new() { Id = id, Error = new JsonRpcErrorDetail { Code = Code, Message = Message, Data = Details } };
}
