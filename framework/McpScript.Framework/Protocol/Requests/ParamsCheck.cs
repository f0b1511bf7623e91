using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Invocation.Arguments;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Protocol.Requests;

/// <summary>Checks the params of a request before the SDK reads them, which would report an internal error.</summary>
/// <remarks>
/// Reads the params with the SDK's own types and options, so that the results agree. Tool calls are usually not read twice: a call with the common fields
/// only is checked directly, and only a call with others is read in full.
/// </remarks>
static class ParamsCheck
{
    static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        [RequestMethods.Initialize] = typeof(InitializeRequestParams),
        [RequestMethods.Ping] = typeof(PingRequestParams),
        [RequestMethods.ToolsCall] = typeof(CallToolRequestParams),
        [RequestMethods.ToolsList] = typeof(ListToolsRequestParams),
        [RequestMethods.PromptsGet] = typeof(GetPromptRequestParams),
        [RequestMethods.PromptsList] = typeof(ListPromptsRequestParams),
        [RequestMethods.ResourcesList] = typeof(ListResourcesRequestParams),
        [RequestMethods.ResourcesTemplatesList] = typeof(ListResourceTemplatesRequestParams),
        [RequestMethods.ResourcesRead] = typeof(ReadResourceRequestParams),
        [RequestMethods.ResourcesSubscribe] = typeof(SubscribeRequestParams),
        [RequestMethods.ResourcesUnsubscribe] = typeof(UnsubscribeRequestParams),
        [RequestMethods.CompletionComplete] = typeof(CompleteRequestParams),
        [RequestMethods.LoggingSetLevel] = typeof(SetLevelRequestParams),
        [RequestMethods.ServerDiscover] = typeof(DiscoverRequestParams),
        [RequestMethods.SubscriptionsListen] = typeof(SubscriptionsListenRequestParams),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly JsonObject None = [];

    /// <summary>Returns a sentence that names the wrong field; null if there is none.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="given">The params of the request.</param>
    public static string? Problem(string method, JsonNode? given)
    {
        if (!Types.TryGetValue(method, out var type) || method == RequestMethods.ToolsCall && IsPlainCall(given))
            return null;
        // The params of a call may hold a one-time code in any form, so problems name only the kind of a value.
        var showValues = method != RequestMethods.ToolsCall;
        if (given is not (null or JsonObject))
            return $"{method}: 'params' should be an object, but {Came(given, showValues)} came.";
        if (given is JsonObject { } call && method == RequestMethods.ToolsCall
            && call["arguments"] is JsonValue text && text.GetValueKind() == JsonValueKind.String)
            return $"{method}: 'arguments' should be an object, but {Came(text, showValues)} came. Send the arguments themselves, not a JSON text of them.";
        return (Misfit(given ?? None, type, showValues: showValues) ?? TokenProblem(given)) is { } problem ? $"{method}: {problem}" : null;
    }

    /// <summary>Returns the problem with a value that the SDK reads as a type; null if there is none.</summary>
    /// <param name="given">The value.</param>
    /// <param name="type">The type.</param>
    /// <param name="name">The name of the value; empty for the params themselves.</param>
    /// <param name="showValues">False if a part of the value may be a secret.</param>
    public static string? Misfit(JsonNode given, Type type, string name = "", bool showValues = true)
    {
        var json = McpJsonUtilities.ProtocolOptions;
        try
        {
            given.Deserialize(json.GetTypeInfo(type));
            return null;
        }
        catch (JsonException e)
        {
            return new JsonMisfit(type, json).Text(name, JsonSerializer.SerializeToElement(given, json.GetTypeInfo(typeof(JsonNode))), e, showValues);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or NotSupportedException or ArgumentException)
        {
            // Expected: converters throw these for values of an unexpected kind.
            return $"{(name.Length == 0 ? "params" : $"'{name}'")} cannot be read: {e.Message}";
        }
    }

    // True for the common form of a tool call: a name, arguments, perhaps a progress token.
    static bool IsPlainCall(JsonNode? given)
    {
        if (given is not JsonObject call)
            return false;
        var hasName = false;
        foreach (var (key, value) in call)
            switch (key)
            {
                case "name" when value is JsonValue name && name.GetValueKind() == JsonValueKind.String:
                    hasName = true;
                    break;
                case "arguments" when value is null or JsonObject:
                case "_meta" when value is null || value is JsonObject meta && IsPlainMeta(meta):
                    break;
                default:
                    return false;
            }
        return hasName;
    }

    static bool IsPlainMeta(JsonObject meta) => !meta.TryGetPropertyValue("progressToken", out var token) || token is JsonValue value && IsToken(value);

    static bool IsToken(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.String || value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long _);

    // The SDK reads the token only when a tool reports progress, and ignores an invalid one.
    static string? TokenProblem(JsonNode? given) => given is JsonObject parameters && parameters["_meta"] is JsonObject meta && !IsPlainMeta(meta)
        ? $"'_meta.progressToken' should be a string or an integer, but {(meta["progressToken"] is { } token ? Came(token, showValues: true) : "null")} came."
        : null;

    static string Came(JsonNode given, bool showValues) =>
        ArgumentText.Came(JsonSerializer.SerializeToElement(given, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonNode))), showValues);
}
