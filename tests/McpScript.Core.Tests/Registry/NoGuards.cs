using McpScript.Model;

namespace McpScript.Core.Tests.Registry;

/// <summary>No groups to guard tools with.</summary>
sealed class NoGuards : IGuardGroups
{
    /// <inheritdoc/>
    public string? WhyNot(string tool, string group) => "There are no groups.";
}
