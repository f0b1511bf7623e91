namespace McpScript.Configuration;

/// <summary>Level of detail in the log of tool calls.</summary>
public enum ToolLogDetail
{
    /// <summary>Parameters and results, secrets redacted.</summary>
    Full,

    /// <summary>Only types and lengths of the values.</summary>
    Shape,

    /// <summary>Nothing.</summary>
    Off,
}
