using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace McpScript.Protocol.Requests;

/// <summary>
/// Checks the members of <c>_meta</c> that the SDK reads of every request before the first filter runs.
/// </summary>
static class RequestMeta
{
    const string ItemKey = "McpScript.RequestMeta";

    static readonly (string Key, Type Type)[] Read =
    [
        (MetaKeys.ClientInfo, typeof(Implementation)), (MetaKeys.ClientCapabilities, typeof(ClientCapabilities)), (MetaKeys.LogLevel, typeof(LoggingLevel)),
    ];

    /// <summary>Returns a sentence that names the wrong member; null if there is none.</summary>
    public static string? Problem(JsonRpcRequest request) => MetaOf(request) is { } meta ? Problem(request.Method, meta, out _) : null;

    /// <summary>Removes a wrong member from a request, so that the SDK can read the rest, and stores the problem in the request.</summary>
    public static void TakeOut(JsonRpcRequest request)
    {
        if (MetaOf(request) is not { } meta || Problem(request.Method, meta, out var key) is not { } problem)
            return;
        if (key == MetaKeys.ClientCapabilities)
            meta[key] = new JsonObject();
        else
            meta.Remove(key);
        request.Context ??= new();
        (request.Context.Items ??= new Dictionary<string, object?>())[ItemKey] = problem;
    }

    /// <summary>Returns the problem that is stored in a request; null for none.</summary>
    public static string? Noted(JsonRpcRequest request) =>
        request.Context?.Items is { } items && items.TryGetValue(ItemKey, out var problem) ? problem as string : null;

    static JsonObject? MetaOf(JsonRpcRequest request) =>
        request.Params is JsonObject parameters && parameters.TryGetPropertyValue("_meta", out var meta) ? meta as JsonObject : null;

    static string? Problem(string method, JsonObject meta, out string broken)
    {
        foreach (var (key, type) in Read)
            if (meta.TryGetPropertyValue(key, out var value) && value is not null && ParamsCheck.Misfit(value, type, $"_meta.{key}") is { } problem)
            {
                broken = key;
                return $"{method}: {problem}";
            }
        broken = "";
        return null;
    }
}
