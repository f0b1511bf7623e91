namespace McpScript.Checking;

/// <summary>Severity of a finding.</summary>
enum CheckSeverity
{
    /// <summary>The plugin works, but should be improved.</summary>
    Warning,

    /// <summary>The plugin cannot be loaded.</summary>
    Error,
}
