namespace McpScript.Client.Terminal;

/// <summary>Key or event that ended a line.</summary>
enum LineEnd
{
    /// <summary>Enter.</summary>
    Entered,

    /// <summary>Ctrl-C.</summary>
    Interrupted,

    /// <summary>Ctrl-D, or the terminal was closed.</summary>
    Closed,
}
