using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;

namespace McpScript.Client.Requests;

/// <summary>What a server has answered.</summary>
/// <param name="Result">The result as it came.</param>
/// <param name="Texts">As text.</param>
/// <param name="IsError">True if it tells of an error.</param>
sealed record RequestResult(JsonNode? Result, IReadOnlyList<string> Texts, bool IsError = false)
{
    /// <summary>An answer of the SDK's type.</summary>
    public static RequestResult From<T>(T result, IEnumerable<string> texts, bool isError = false) => new(JsonSerializer.SerializeToNode(result, McpJsonUtilities.DefaultOptions), [.. texts], isError);
}
