namespace McpScript;

/// <summary>Further settings of a tool during its registration.</summary>
public interface IToolBuilder
{
    /// <summary>Guards the tool: only callers that have unlocked the group with a one-time code can call it. Of several groups, all must be.</summary>
    /// <param name="group">A group of the configuration's <c>gate.groups</c>.</param>
    /// <exception cref="InvalidOperationException">Registration has ended, so that the tool can no longer be guarded.</exception>
    IToolBuilder Protect(string group);
}
