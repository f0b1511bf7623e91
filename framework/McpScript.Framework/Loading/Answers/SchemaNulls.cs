using System.Text.Json.Nodes;

namespace McpScript.Loading.Answers;

/// <summary>Null in JSON schemas: checks whether a schema allows it, and adds it.</summary>
static class SchemaNulls
{
    /// <summary>Changes a part of a schema to allow null.</summary>
    /// <param name="parent">The object that holds the part.</param>
    /// <param name="key">The part's key in it.</param>
    /// <param name="root">The whole schema, which references are resolved in.</param>
    public static void Allow(JsonObject parent, string key, JsonNode root)
    {
        if (parent[key] is not JsonObject schema || Allows(schema, root))
            return;
        if (schema.ContainsKey("$ref") || schema.ContainsKey("const") || !schema.ContainsKey("type") && !schema.ContainsKey("enum"))
        {
            parent.Remove(key);
            parent[key] = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
            return;
        }
        if (schema["type"] is JsonArray types)
            types.Add("null");
        else if (schema["type"] is JsonValue type)
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        if (schema["enum"] is JsonArray values && !values.Contains(null))
            values.Add(null);
    }

    /// <summary>True if a schema allows null.</summary>
    /// <param name="node">The schema.</param>
    /// <param name="root">The whole schema, which references are resolved in.</param>
    public static bool Allows(JsonNode? node, JsonNode root) => Allows(node, root, depth: 0);

    static bool Allows(JsonNode? node, JsonNode root, int depth)
    {
        if (node is JsonValue value)
            return value.TryGetValue(out bool all) && all;
        if (node is not JsonObject schema || depth > 20)
            return false;
        if (schema["$ref"] is JsonValue reference && reference.TryGetValue(out string? pointer))
            return Allows(Find(root, pointer), root, depth + 1);
        return TypeAllows(schema["type"])
            && (schema["enum"] is not JsonArray values || values.Contains(null))
            && (!schema.ContainsKey("const") || schema["const"] is null)
            && new[] { "anyOf", "oneOf" }.All(key => schema[key] is not JsonArray any || any.Any(one => Allows(one, root, depth + 1)))
            && (schema["allOf"] is not JsonArray all2 || all2.All(one => Allows(one, root, depth + 1)));
    }

    static bool TypeAllows(JsonNode? type) => type switch
    {
        null => true,
        JsonArray several => several.Any(one => (string?)one == "null"),
        _ => (string?)type == "null",
    };

    static JsonNode? Find(JsonNode root, string pointer)
    {
        var node = root;
        var steps = pointer.Split('/').Skip(1)
            .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        foreach (var step in steps)
            node = node switch
            {
                JsonObject schema => schema[step]!,
                JsonArray array when int.TryParse(step, out var index) && index < array.Count => array[index]!,
                _ => null!,
            };
        return pointer.StartsWith('#') ? node : null;
    }
}
