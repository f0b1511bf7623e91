namespace McpScript.Checking;

/// <summary>How bad a finding is.</summary>
enum CheckSeverity
{
    /// <summary>The plugin works, and could be better.</summary>
    Warning,

    /// <summary>The plugin cannot be loaded.</summary>
    Error,
}
