using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>Reads single fields of messages that may hold anything.</summary>
static class MessageFields
{
    /// <summary>The method of a request or notification.</summary>
    public static string? MethodOf(JsonRpcMessage message) => message switch
    {
        JsonRpcRequest request => request.Method,
        JsonRpcNotification notification => notification.Method,
        _ => null,
    };

    /// <summary>The parameters, if they are an object.</summary>
    public static JsonObject? ParamsOf(JsonRpcMessage message) => message switch
    {
        JsonRpcRequest request => request.Params as JsonObject,
        JsonRpcNotification notification => notification.Params as JsonObject,
        _ => null,
    };

    /// <summary>The value under a key, if it is text.</summary>
    public static string? Text(JsonObject? from, string key) =>
        from is not null && from.TryGetPropertyValue(key, out var node) && node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The object under a key, if it is one.</summary>
    public static JsonObject? Object(JsonObject? from, string key) =>
        from is not null && from.TryGetPropertyValue(key, out var node) ? node as JsonObject : null;

    /// <summary>The request id under a key, if it is one.</summary>
    public static RequestId Id(JsonObject? from, string key)
    {
        if (from is null || !from.TryGetPropertyValue(key, out var node) || node is not JsonValue value)
            return default;
        if (value.TryGetValue(out string? text))
            return new RequestId(text);
        return value.TryGetValue(out long number) ? new RequestId(number) : default;
    }
}
