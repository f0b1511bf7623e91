namespace McpScript.Model;

/// <summary>The configured groups that can guard tools.</summary>
interface IGuardGroups
{
    /// <summary>The reason why a group cannot guard a tool, with the fix; null if it can.</summary>
    string? WhyNot(string tool, string group);
}
