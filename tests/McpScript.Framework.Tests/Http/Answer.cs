using System.Text.Json.Nodes;

namespace McpScript.Framework.Tests.Http;

/// <summary>A whole answer: status, headers, and its last JSON-RPC message, in a body or in an event.</summary>
sealed record Answer(int Status, string Body, JsonNode? Message, HttpResponseMessage Response)
{
    public int? ErrorCode => (int?)Message?["error"]?["code"];

    public string? Text => (string?)Message?["result"]?["content"]?[0]?["text"];

    public string? Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        var last = body.Split('\n').LastOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal));
        return new Answer((int)response.StatusCode, body, Raw.Json(last is null ? body : last["data: ".Length..]), response);
    }
}
