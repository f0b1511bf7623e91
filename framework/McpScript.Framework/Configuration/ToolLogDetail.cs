namespace McpScript.Configuration;

/// <summary>How much of a tool call is logged.</summary>
public enum ToolLogDetail
{
    /// <summary>Parameters and results, secrets redacted.</summary>
    Full,

    /// <summary>Only the shape of the values.</summary>
    Shape,

    /// <summary>Nothing.</summary>
    Off,
}
