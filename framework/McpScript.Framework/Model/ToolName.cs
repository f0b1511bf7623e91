using System.Text.RegularExpressions;

namespace McpScript.Model;

/// <summary>The rule for tool names (MCP 2025-11-25, server/tools, "Tool Names").</summary>
static partial class ToolName
{
    /// <summary>True for 1 to 128 of <c>A-Z a-z 0-9 _ - .</c>.</summary>
    public static bool IsValid(string name) => Valid().IsMatch(name);

    /// <summary>A warning about a name that is valid but rejected by some clients; null for a good one.</summary>
    public static string? Doubt(string name) =>
        name.Length > 60 ? $"Tool name '{name}' has {name.Length} characters; with their own prefix some clients refuse more than 60."
        : name.Contains('.') ? $"Tool name '{name}' has a '.', which some clients refuse; '_' works everywhere."
        : null;

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,128}\z")]
    private static partial Regex Valid();
}
