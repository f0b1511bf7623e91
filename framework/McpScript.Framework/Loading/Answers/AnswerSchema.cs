using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace McpScript.Loading.Answers;

/// <summary>Corrects the SDK's output schema so that it describes the JSON that the serializer actually writes.</summary>
/// <param name="json">The options that results are written with.</param>
/// <param name="context">Reads nullability annotations.</param>
/// <remarks>
/// The SDK derives the schema from the type alone: it handles nullable members, but not nullable results, elements and dictionary values; it requires
/// members that are omitted when they are null; and it promises formats (RFC 3339 times with an offset, absolute URIs) that .NET values need not have.
/// </remarks>
sealed class AnswerSchema(JsonSerializerOptions json, NullabilityInfoContext context)
{
    JsonNode? _root;

    /// <summary>Creates the schema of a result.</summary>
    /// <param name="natural">The SDK's schema of the result's type.</param>
    /// <param name="result">The result.</param>
    public JsonElement Of(JsonElement natural, ReturnShape result)
    {
        _root = JsonNode.Parse(natural.GetRawText());
        Walk(_root, result.Type, result.Nullability, []);
        return JsonSerializer.SerializeToElement(_root, json.GetTypeInfo(typeof(JsonNode)));
    }

    /// <summary>Creates an object schema whose only member, <c>result</c>, is the given schema or null.</summary>
    public static JsonElement Wrap(JsonElement schema, JsonSerializerOptions json)
    {
        var wrapped = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["result"] = JsonNode.Parse(schema.GetRawText()) },
            ["required"] = new JsonArray("result"),
        };
        var properties = wrapped["properties"]!.AsObject();
        MoveReferences(properties["result"]);
        SchemaNulls.Allow(properties, "result", wrapped);
        return JsonSerializer.SerializeToElement(wrapped, json.GetTypeInfo(typeof(JsonNode)));
    }

    static void MoveReferences(JsonNode? node)
    {
        if (node is JsonArray array)
            foreach (var item in array)
                MoveReferences(item);
        if (node is not JsonObject schema)
            return;
        if (schema["$ref"] is JsonValue value && value.TryGetValue(out string? pointer) && pointer.StartsWith('#'))
            schema["$ref"] = $"#/properties/result{pointer[1..]}";
        foreach (var (_, child) in schema)
            MoveReferences(child);
    }

    void Walk(JsonNode? node, Type type, NullabilityInfo? nullability, HashSet<JsonNode> seen)
    {
        if (node is not JsonObject schema || schema.ContainsKey("$ref") || !seen.Add(schema))
            return;
        type = Nullable.GetUnderlyingType(type) ?? type;
        // A DateTime without a zone, any TimeOnly and a relative Uri do not match the format, and clients do check formats (ajv-formats).
        if (type == typeof(DateTime) || type == typeof(TimeOnly) || type == typeof(Uri))
            schema.Remove("format");
        if (Contract(type) is not { } contract)
            return;
        if (contract.Kind == JsonTypeInfoKind.Object)
            WalkObject(schema, contract, seen);
        else if (contract is { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary, ElementType: { } element })
            WalkElement(
                schema, contract.Kind == JsonTypeInfoKind.Enumerable ? "items" : "additionalProperties", element, ElementOf(type, element, nullability), seen);
    }

    void WalkObject(JsonObject schema, JsonTypeInfo contract, HashSet<JsonNode> seen)
    {
        if (schema["anyOf"] is JsonArray kinds && contract.PolymorphismOptions is { } options && options.DerivedTypes.Count == kinds.Count)
            for (var i = 0; i < kinds.Count; i++)
                Walk(kinds[i], options.DerivedTypes[i].DerivedType, null, seen);
        if (schema["properties"] is not JsonObject properties)
            return;
        foreach (var property in contract.Properties)
        {
            if (!IsAlwaysWritten(property) && schema["required"] is JsonArray required
                && required.FirstOrDefault(name => (string?)name == property.Name) is { } entry)
                required.Remove(entry);
            if (!properties.ContainsKey(property.Name))
                continue;
            if (property.IsGetNullable && !property.PropertyType.IsValueType)
                SchemaNulls.Allow(properties, property.Name, _root!);
            Walk(properties[property.Name], property.PropertyType, NullabilityOf(property), seen);
        }
        if (schema["required"] is JsonArray { Count: 0 })
            schema.Remove("required");
    }

    void WalkElement(JsonObject schema, string key, Type element, NullabilityInfo? nullability, HashSet<JsonNode> seen)
    {
        if (!schema.ContainsKey(key))
            return;
        if (!element.IsValueType && nullability?.ReadState != NullabilityState.NotNull)
            SchemaNulls.Allow(schema, key, _root!);
        Walk(schema[key], element, nullability, seen);
    }

    bool IsAlwaysWritten(JsonPropertyInfo property) =>
        property.Get is not null && property.ShouldSerialize is null && json.DefaultIgnoreCondition switch
        {
            JsonIgnoreCondition.WhenWritingDefault => false,
            JsonIgnoreCondition.WhenWritingNull => property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null,
            _ => true,
        };

    // For an open type argument (Page<T>.Items) the annotation of its use is not available at run time, so the element may be null.
    NullabilityInfo? NullabilityOf(JsonPropertyInfo property) => property.AttributeProvider switch
    {
        PropertyInfo info when !DependsOnTypeArgument(info) => context.Create(info),
        FieldInfo info when !DependsOnTypeArgument(info) => context.Create(info),
        _ => null,
    };

    static bool DependsOnTypeArgument(MemberInfo member) => member.DeclaringType is { IsConstructedGenericType: true } type
        && type.GetGenericTypeDefinition().GetMemberWithSameMetadataDefinitionAs(member) switch
        {
            PropertyInfo property => property.PropertyType.ContainsGenericParameters,
            FieldInfo field => field.FieldType.ContainsGenericParameters,
            _ => true,
        };

    static NullabilityInfo? ElementOf(Type type, Type element, NullabilityInfo? nullability) =>
        type.IsArray ? nullability?.ElementType
        : type.IsGenericType && type.GetGenericArguments()[^1] == element && nullability?.GenericTypeArguments is [.., var last] ? last
        : null;

    JsonTypeInfo? Contract(Type type)
    {
        try
        {
            return json.GetTypeInfo(type);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // A member that cannot be serialized fails when it is serialized; its schema needs no correction.
            return null;
        }
    }
}
