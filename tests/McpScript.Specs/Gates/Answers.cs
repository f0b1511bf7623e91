using McpScript.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Gates;

/// <summary>Answers of tools, as text.</summary>
static class Answers
{
    /// <summary>The text of an answer; of an error with <c>ERROR </c> before it.</summary>
    public static async Task<string> TextAsync(this McpClient client, string tool, object? arguments = null)
    {
        var values = arguments?.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(arguments));
        var result = await client.CallToolAsync(tool, values).AsTask().WaitAsync(TestHost.Patience);
        return (result.IsError is true ? "ERROR " : "") + string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }

    /// <summary>True if the gate held a call back.</summary>
    public static bool IsLocked(this string answer, string group) => answer.StartsWith($"ERROR Group '{group}' is locked.", StringComparison.Ordinal)
        || answer.StartsWith("ERROR An error occurred invoking", StringComparison.Ordinal)
            && answer.Contains($"Group '{group}' is locked.", StringComparison.Ordinal);
}
