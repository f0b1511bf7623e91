using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>Reads single fields of messages with unchecked content.</summary>
static class MessageFields
{
    /// <summary>Returns the method of a request or notification; null for other messages.</summary>
    public static string? MethodOf(JsonRpcMessage message) => message switch
    {
        JsonRpcRequest request => request.Method,
        JsonRpcNotification notification => notification.Method,
        _ => null,
    };

    /// <summary>Returns the parameters if they are an object; else null.</summary>
    public static JsonObject? ParamsOf(JsonRpcMessage message) => message switch
    {
        JsonRpcRequest request => request.Params as JsonObject,
        JsonRpcNotification notification => notification.Params as JsonObject,
        _ => null,
    };

    /// <summary>Returns the value of a key if it is a string; else null.</summary>
    public static string? Text(JsonObject? from, string key) =>
        from is not null && from.TryGetPropertyValue(key, out var node) && node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>Returns the value of a key if it is an object; else null.</summary>
    public static JsonObject? Object(JsonObject? from, string key) =>
        from is not null && from.TryGetPropertyValue(key, out var node) ? node as JsonObject : null;

    /// <summary>Returns the value of a key if it is a request id; else the default id.</summary>
    public static RequestId Id(JsonObject? from, string key)
    {
        if (from is null || !from.TryGetPropertyValue(key, out var node) || node is not JsonValue value)
            return default;
        if (value.TryGetValue(out string? text))
            return new RequestId(text);
        return value.TryGetValue(out long number) ? new RequestId(number) : default;
    }
}
