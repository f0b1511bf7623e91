namespace McpScript.Configuration;

/// <summary><c>gate.audit</c>: what the gate writes into the log.</summary>
public sealed record GateAuditSettings
{
    /// <summary><c>log_blocked</c>: a line for each refused call.</summary>
    public bool LogBlocked { get; init; } = true;
}
