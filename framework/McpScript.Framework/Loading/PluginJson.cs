using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;

namespace McpScript.Loading;

/// <summary>Serializer options for handlers of plugins and of the host.</summary>
static class PluginJson
{
    /// <summary>Creates options with their own resolver: the serializer's caches belong to them and are collected with them (docs/hot-reload.md).</summary>
    public static JsonSerializerOptions CreateOptions()
    {
        var json = new JsonSerializerOptions(McpJsonUtilities.DefaultOptions)
        {
            // The SDK's options omit nulls, but its output schemas require every property: a client that validates results would reject them.
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
            // Tuples consist of fields.
            IncludeFields = true,
            // Models and other JSON libraries do not preserve the order of members.
            AllowOutOfOrderMetadataProperties = true,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(McpJsonUtilities.DefaultOptions.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
        };
        json.MakeReadOnly();
        return json;
    }
}
