using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Server;

namespace McpScript.Http.Requests;

/// <summary>A parameter that a tool's schema mirrors in a header (<c>x-mcp-header</c>).</summary>
sealed record ParamHeader(string Header, ImmutableArray<string> Path, bool IsInteger)
{
    /// <summary>Returns the mirrored parameters of a tool.</summary>
    public static ImmutableArray<ParamHeader> Of(McpServerTool tool)
    {
        var found = ImmutableArray.CreateBuilder<ParamHeader>();
        Collect(tool.ProtocolTool.InputSchema, [], found);
        return found.ToImmutable();
    }

    /// <summary>Returns the parameter's value in the arguments of a call; null if it is missing.</summary>
    public JsonNode? ValueIn(JsonNode? arguments)
    {
        foreach (var step in Path)
            arguments = arguments is JsonObject inner && inner.TryGetPropertyValue(step, out var next) ? next : null;
        return arguments;
    }

    static void Collect(JsonElement schema, ImmutableArray<string> path, ImmutableArray<ParamHeader>.Builder found)
    {
        if (schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return;
        foreach (var property in properties.EnumerateObject())
        {
            var inner = path.Add(property.Name);
            if (property.Value.ValueKind != JsonValueKind.Object)
                continue;
            if (property.Value.TryGetProperty("x-mcp-header", out var name)
                && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } header)
                found.Add(new ParamHeader(McpHeaders.ParamPrefix + header, inner, SaysInteger(property.Value)));
            Collect(property.Value, inner, found);
        }
    }

    static bool SaysInteger(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.ValueKind switch
    {
        JsonValueKind.String => type.ValueEquals("integer"),
        JsonValueKind.Array => type.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals("integer")),
        _ => false,
    };
}
