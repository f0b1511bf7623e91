using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>Answer for a refused call: an error result, so that a model reads the reason.</summary>
static class Refusals
{
    /// <summary>Returns the answer.</summary>
    public static CallToolResult Result(string reason) => new() { IsError = true, Content = [new TextContentBlock { Text = $"Rejected: {reason}" }] };
}
