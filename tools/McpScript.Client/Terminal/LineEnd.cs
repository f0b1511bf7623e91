namespace McpScript.Client.Terminal;

/// <summary>How a line ended.</summary>
enum LineEnd
{
    /// <summary>By Enter.</summary>
    Entered,

    /// <summary>By Ctrl-C.</summary>
    Interrupted,

    /// <summary>By Ctrl-D, or because the terminal is gone.</summary>
    Closed,
}
