using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>How a refused call is answered: an error result, so that a model reads the reason.</summary>
static class Refusals
{
    /// <summary>The answer.</summary>
    public static CallToolResult Result(string reason) => new() { IsError = true, Content = [new TextContentBlock { Text = $"Rejected: {reason}" }] };
}
