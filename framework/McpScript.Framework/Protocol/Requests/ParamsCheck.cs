using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Invocation.Arguments;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Protocol.Requests;

/// <summary>Finds what is wrong with the params of a request before the SDK reads them, which would call it an internal error.</summary>
/// <remarks>
/// They are read as the SDK reads them, with its own types, so that what passes here passes there. A tool call is not read twice: its few usual fields are
/// looked at as they are, and only a call with others is read in full.
/// </remarks>
static class ParamsCheck
{
    static readonly FrozenDictionary<string, Type> s_types = new Dictionary<string, Type>
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

    static readonly JsonObject s_none = [];

    /// <summary>A sentence that names the field; null if nothing is wrong.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="given">Its params.</param>
    public static string? Problem(string method, JsonNode? given)
    {
        if (!s_types.TryGetValue(method, out var type) || method == RequestMethods.ToolsCall && IsPlainCall(given))
            return null;
        // The params of a call may hold a one-time code, in whatever form: what came is told by its kind.
        var showValues = method != RequestMethods.ToolsCall;
        if (given is not (null or JsonObject))
            return $"{method}: 'params' should be an object, but {Came(given, showValues)} came.";
        if (given is JsonObject { } call && method == RequestMethods.ToolsCall && call["arguments"] is JsonValue text && text.GetValueKind() == JsonValueKind.String)
            return $"{method}: 'arguments' should be an object, but {Came(text, showValues)} came. Send the arguments themselves, not a JSON text of them.";
        return (Misfit(given ?? s_none, type, showValues: showValues) ?? TokenProblem(given)) is { } problem ? $"{method}: {problem}" : null;
    }

    /// <summary>The problem with a value that the SDK reads as a type; null if nothing is.</summary>
    /// <param name="given">The value.</param>
    /// <param name="type">The type.</param>
    /// <param name="name">The value's name; empty for the params themselves.</param>
    /// <param name="showValues">False if a part of it may be a secret.</param>
    public static string? Misfit(JsonNode given, Type type, string name = "", bool showValues = true)
    {
        var json = McpJsonUtilities.DefaultOptions;
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
            // How converters report values of a kind that they did not expect.
            return $"{(name.Length == 0 ? "params" : $"'{name}'")} cannot be read: {e.Message}";
        }
    }

    // What a tool call nearly always is: a name, arguments, perhaps a progress token.
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

    static bool IsPlainMeta(JsonObject meta) => !meta.TryGetPropertyValue("progressToken", out var token)
        || token is JsonValue value && (value.GetValueKind() == JsonValueKind.String || value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long _));

    // The SDK reads it only when a tool reports progress, and takes a wrong one for none.
    static string? TokenProblem(JsonNode? given) => given is JsonObject parameters && parameters["_meta"] is JsonObject meta && !IsPlainMeta(meta)
        ? $"'_meta.progressToken' should be a string or an integer, but {(meta["progressToken"] is { } token ? Came(token, showValues: true) : "null")} came."
        : null;

    static string Came(JsonNode given, bool showValues) => ArgumentText.Came(JsonSerializer.SerializeToElement(given, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonNode))), showValues);
}
