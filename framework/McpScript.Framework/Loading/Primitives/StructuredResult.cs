using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;

namespace McpScript.Loading.Primitives;

/// <summary>Decides which results have an output schema and structured content (MCP 2025-06-18, server/tools, "Structured Content").</summary>
static class StructuredResult
{
    static readonly Type[] Sequences = [typeof(IEnumerable<>), typeof(IAsyncEnumerable<>)];

    /// <summary>True for records, other objects and collections of them; false for text, numbers, content blocks and JSON without a fixed shape.</summary>
    public static bool Suits(Type returnType)
    {
        var type = Awaited(returnType);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(void) || type == typeof(object) || type == typeof(string) || type == typeof(Task) || type == typeof(ValueTask))
            return false;
        if (type.IsPrimitive || type.IsEnum || type.Namespace == "System" && type.IsValueType && !type.IsGenericType)
            return false;
        if (Is<JsonNode>(type) || type == typeof(JsonElement) || type == typeof(JsonDocument))
            return false;
        if (Is<CallToolResult>(type) || IsContent(type) || Elements(type).Any(IsContent))
            return false;
        if (type == typeof(byte[]))
            return false;
        return true;
    }

    /// <summary>True for a type that is a complete tool result.</summary>
    public static bool IsComplete(Type type) => Is<CallToolResult>(type);

    static bool IsContent(Type type) => Is<ContentBlock>(type) || Is<AIContent>(type) || Is<ResourceContents>(type);

    static bool Is<T>(Type type) => type.IsAssignableTo(typeof(T));

    static Type Awaited(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : type;

    static IEnumerable<Type> Elements(Type type) => type.GetInterfaces().Append(type)
        .Where(candidate => candidate.IsGenericType && Sequences.Contains(candidate.GetGenericTypeDefinition()))
        .Select(candidate => candidate.GetGenericArguments()[0]);
}
