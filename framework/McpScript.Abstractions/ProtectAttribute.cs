namespace McpScript;

/// <summary>Guards a tool method, a lambda, or all tools of a class: only callers that have unlocked the group with a one-time code can call them.</summary>
/// <param name="group">A group of the configuration's <c>gate.groups</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class ProtectAttribute(string group) : Attribute
{
    /// <summary>The group.</summary>
    public string Group { get; } = group;
}
