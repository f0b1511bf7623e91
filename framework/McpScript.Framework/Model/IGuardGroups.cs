namespace McpScript.Model;

/// <summary>The groups that tools may be guarded with.</summary>
interface IGuardGroups
{
    /// <summary>Why a tool cannot be guarded with a group, and the cure; null if it can.</summary>
    string? WhyNot(string tool, string group);
}
