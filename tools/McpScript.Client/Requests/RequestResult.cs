using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;

namespace McpScript.Client.Requests;

/// <summary>Result of one request.</summary>
/// <param name="Result">The server's result as JSON.</param>
/// <param name="Texts">The result as texts to show.</param>
/// <param name="IsError">True if a tool reported an error.</param>
sealed record RequestResult(JsonNode? Result, IReadOnlyList<string> Texts, bool IsError = false)
{
    /// <summary>Creates the result from a result type of the SDK.</summary>
    public static RequestResult From<T>(T result, IEnumerable<string> texts, bool isError = false) =>
        new(JsonSerializer.SerializeToNode(result, McpJsonUtilities.DefaultOptions), [.. texts], isError);
}
