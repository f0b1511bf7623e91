namespace McpScript.Configuration;

/// <summary><c>gate.audit</c>: log settings of the gate.</summary>
public sealed record GateAuditSettings
{
    /// <summary><c>log_blocked</c>: a line for each refused call.</summary>
    public bool LogBlocked { get; init; } = true;
}
